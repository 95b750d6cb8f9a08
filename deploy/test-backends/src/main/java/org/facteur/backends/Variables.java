package org.facteur.backends;

/** Settings of a test run. */
final class Variables {
    private Variables() {}

    /** A system property or else an environment variable of this name or else the default; blank is unset. */
    static String get(String name, String fallback) {
        var value = System.getProperty(name, System.getenv().getOrDefault(name, ""));
        return value.isBlank() ? fallback : value.strip();
    }
}

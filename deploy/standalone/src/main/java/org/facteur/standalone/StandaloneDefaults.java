package org.facteur.standalone;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;

/** What differs where everything runs in one process: ports that need no privileges, and servers that are beside. */
final class StandaloneDefaults {
    /** Variable to port; a container has the well-known ones. */
    static final Map<String, String> PORTS = Map.of(
            "FACTEUR_SMTP_PORT", "2525",
            "FACTEUR_SUBMISSION_PORT", "2587",
            "FACTEUR_SUBMISSIONS_PORT", "2465",
            "FACTEUR_IMAP_PORT", "2143",
            "FACTEUR_IMAPS_PORT", "2993");

    /** Variable that says where a server is, to the variable of the server's port. */
    private static final Map<String, String> SERVERS = Map.of(
            "FACTEUR_CANARY_SUBMISSION", "FACTEUR_SUBMISSION_PORT",
            "FACTEUR_CANARY_IMAP", "FACTEUR_IMAP_PORT");

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    private StandaloneDefaults() {}

    /** The environment with these values where it has none. */
    static Environment apply(Environment environment) {
        Environment withPorts = missing(environment, PORTS);
        Map<String, String> servers = new LinkedHashMap<>();
        String bind = environment.get(CommonSettings.BIND);
        String host = EVERYWHERE.contains(bind) ? "127.0.0.1" : bind;
        SERVERS.forEach((name, port) -> {
            String number = Integer.toString(withPorts.get(Setting.port(port, 0, "")));
            if (!number.equals("0")) { // a port that the system chooses is known to nobody yet
                servers.put(name, host + ":" + number);
            }
        });
        return missing(withPorts, servers);
    }

    /** A setting's default in the standalone run where that is another one than in a container; null elsewhere. */
    static String of(String name) {
        return SERVERS.containsKey(name) ? "127.0.0.1:" + PORTS.get(SERVERS.get(name)) : PORTS.get(name);
    }

    private static Environment missing(Environment environment, Map<String, String> defaults) {
        Map<String, String> missing = new LinkedHashMap<>();
        defaults.forEach((name, value) -> {
            if (!environment.has(Setting.text(name, "", ""))) {
                missing.put(name, value);
            }
        });
        return environment.with(missing);
    }
}

package org.facteur.standalone;

import java.util.LinkedHashMap;
import java.util.Map;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;

/** Ports that need no privileges, for the standalone run; a container has the well-known ones. */
final class StandaloneDefaults {
    /** Variable to port. */
    static final Map<String, String> PORTS = Map.of(
            "FACTEUR_SMTP_PORT", "2525",
            "FACTEUR_SUBMISSION_PORT", "2587",
            "FACTEUR_SUBMISSIONS_PORT", "2465",
            "FACTEUR_IMAP_PORT", "2143",
            "FACTEUR_IMAPS_PORT", "2993");

    private StandaloneDefaults() {}

    /** The environment with these ports where it has none. */
    static Environment apply(Environment environment) {
        Map<String, String> missing = new LinkedHashMap<>();
        PORTS.forEach((name, port) -> {
            if (!environment.has(Setting.text(name, "", ""))) {
                missing.put(name, port);
            }
        });
        return environment.with(missing);
    }
}

package org.facteur.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the embedded PostgreSQL runs.
 *
 * @param port TCP port on 127.0.0.1; 0 takes a free one at the first start
 * @param parameters server parameters that win over the built-in ones, by their names in postgresql.conf
 */
public record EmbeddedPostgresSettings(int port, Map<String, String> parameters) {
    public EmbeddedPostgresSettings {
        if (port < 0 || port > 65535) throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        parameters = Map.copyOf(parameters);
    }

    /** A free port, everything durable. */
    public static EmbeddedPostgresSettings defaults() {
        return new EmbeddedPostgresSettings(0, Map.of());
    }

    /** A free port and no fsync: survives the death of any process, but not a power cut. */
    public static EmbeddedPostgresSettings forTests() {
        return defaults().with("fsync", "off").with("full_page_writes", "off");
    }

    /** The same on a port of the caller's choice. */
    public EmbeddedPostgresSettings withPort(int port) {
        return new EmbeddedPostgresSettings(port, parameters);
    }

    /** The same with one server parameter more. */
    public EmbeddedPostgresSettings with(String parameter, String value) {
        var all = new LinkedHashMap<>(parameters);
        all.put(parameter, value);
        return new EmbeddedPostgresSettings(port, all);
    }
}

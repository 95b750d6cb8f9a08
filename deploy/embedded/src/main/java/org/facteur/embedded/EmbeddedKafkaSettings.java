package org.facteur.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the embedded broker runs.
 *
 * @param port TCP port on 127.0.0.1; 0 takes a free one at each start
 * @param overrides broker properties that win over the built-in ones, by their Kafka names
 */
public record EmbeddedKafkaSettings(int port, Map<String, String> overrides) {
    public EmbeddedKafkaSettings {
        if (port < 0 || port > 65535) throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        overrides = Map.copyOf(overrides);
    }

    /** A free port and the built-in properties. */
    public static EmbeddedKafkaSettings defaults() {
        return new EmbeddedKafkaSettings(0, Map.of());
    }

    /** The same on a port of the caller's choice. */
    public EmbeddedKafkaSettings withPort(int port) {
        return new EmbeddedKafkaSettings(port, overrides);
    }

    /** The same with one broker property more. */
    public EmbeddedKafkaSettings with(String property, String value) {
        var all = new LinkedHashMap<>(overrides);
        all.put(property, value);
        return new EmbeddedKafkaSettings(port, all);
    }
}

package org.facteur.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's parameters, for a mail store on a small machine. */
public final class PostgresParameters {
    private static final int MAX_SOCKET_DIRECTORY = 85;

    private static final Map<String, String> BUILT_IN = Map.ofEntries(
            Map.entry("shared_buffers", "80MB"),
            Map.entry("max_connections", "60"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("autovacuum", "on"),
            Map.entry("jit", "off"),
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("wal_compression", "on"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("max_wal_size", "1GB"),
            Map.entry("commit_delay", "0"),
            Map.entry("huge_pages", "off"),
            Map.entry("password_encryption", "scram-sha-256"));

    private PostgresParameters() {}

    /** The parameters that do not say where the server is, by their names in postgresql.conf. */
    public static Map<String, String> anywhere() {
        return BUILT_IN;
    }

    /**
     * The server's command line for {@code pg_ctl -o}, which gives it to a shell. The Unix socket lies in {@code dir}
     * too, unless its path would be too long for the kernel: then there is none.
     */
    static String options(Path dir, int port, Map<String, String> overrides) throws IOException {
        var parameters = new LinkedHashMap<>(BUILT_IN);
        var sockets = dir.resolve("run").toString();
        var fits = sockets.length() <= MAX_SOCKET_DIRECTORY && sockets.matches("[\\w/.-]+");
        if (fits) Files.createDirectories(Path.of(sockets));
        parameters.put("unix_socket_directories", fits ? sockets : "");
        parameters.putAll(overrides);
        parameters.put("listen_addresses", "127.0.0.1");
        parameters.put("port", Integer.toString(port));
        return parameters.entrySet().stream()
                .map(p -> "-c " + p.getKey() + "=" + quoted(p.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}

package org.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerIT {
    @TempDir
    static Path dir;

    private static EmbeddedPostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgresServer.start(dir, EmbeddedPostgresSettings.defaults());
        server.execute("postgres", "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @Test
    void keepsRowsAndPortAcrossStopAndCrash() throws Exception {
        int port = server.port();
        server.stop();
        server.start();
        server.crash();
        server.start();
        assertThat(server.port()).isEqualTo(port);
        assertThat(query("SELECT n FROM kept")).isEqualTo("7");
    }

    @Test
    void asksEveryRoleForItsPassword() throws Exception {
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "wrong")
                        .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(query("SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                .isEqualTo("scram-sha-256");
        var mode = Files.getPosixFilePermissions(dir.resolve("superuser-password"));
        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    }

    @Test
    void listensOnLoopbackAndIsDurable() throws Exception {
        assertThat(query("SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(query("SHOW fsync")).isEqualTo("on");
        assertThat(query("SHOW synchronous_commit")).isEqualTo("on");
    }

    @Test
    void refusesADirectoryInUse() {
        assertThatThrownBy(() -> EmbeddedPostgresServer.start(dir, EmbeddedPostgresSettings.defaults()))
                .hasMessageContaining("is in use");
    }

    private static String query(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        server.jdbcUrl("postgres"), EmbeddedPostgresServer.SUPERUSER, server.superuserPassword());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

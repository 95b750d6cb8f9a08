package org.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class EmbeddedBackendsIT {
    @Test
    void sharedBrokerTakesTopics() throws Exception {
        try (var admin = Admin.create(
                Map.of("bootstrap.servers", EmbeddedBackends.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("backends-it", 1, (short) 1)))
                    .all()
                    .get();
            assertThat(admin.listTopics().names().get()).contains("backends-it");
        }
    }

    @Test
    void freshBrokersAreEmptyAndApart() throws Exception {
        try (var one = EmbeddedBackends.freshKafka();
                var two = EmbeddedBackends.freshKafka();
                var admin = Admin.create(Map.of("bootstrap.servers", one.bootstrapServers()));
                var other = Admin.create(Map.of("bootstrap.servers", two.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("apart", 1, (short) 1)))
                    .all()
                    .get();
            assertThat(other.listTopics().names().get()).doesNotContain("apart");
        }
    }

    @Test
    void freshDatabasesAreApart() throws Exception {
        var one = EmbeddedBackends.freshDatabase();
        var two = EmbeddedBackends.freshDatabase();
        assertThat(one.name()).isNotEqualTo(two.name());
        try (var connection = DriverManager.getConnection(one.jdbcUrl(), one.user(), one.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (n int)");
            var version = statement.executeQuery("SHOW server_version");
            assertThat(version.next()).isTrue();
            assertThat(version.getString(1)).startsWith("17.");
        }
    }
}

package org.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    @TempDir
    Path dir;

    @Test
    void keepsRecordsAndPortAcrossStopAndStart() throws Exception {
        try (var kafka = EmbeddedKafka.start(dir, EmbeddedKafkaSettings.defaults())) {
            var servers = kafka.bootstrapServers();
            assertThat(servers).startsWith("127.0.0.1:");
            Records.createTopic(servers);
            Records.write(servers, "a");
            kafka.stop();
            kafka.stop();
            kafka.start();
            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            Records.write(servers, "b");
            assertThat(Records.readAll(servers)).containsExactly("a", "b");
        }
    }

    @Test
    void keepsRecordsWhenTheNextRunHasOtherPorts() throws Exception {
        String cluster;
        try (var kafka = EmbeddedKafka.start(dir, EmbeddedKafkaSettings.defaults())) {
            Records.createTopic(kafka.bootstrapServers());
            Records.write(kafka.bootstrapServers(), "a");
            cluster = clusterId(kafka);
        }
        try (var kafka =
                EmbeddedKafka.start(dir, EmbeddedKafkaSettings.defaults().withPort(Ports.free()))) {
            assertThat(Records.readAll(kafka.bootstrapServers())).containsExactly("a");
            assertThat(clusterId(kafka)).isEqualTo(cluster);
        }
    }

    @Test
    void takesRecordsBeyondTheInlineLimit() throws Exception {
        try (var kafka = EmbeddedKafka.start(dir, EmbeddedKafkaSettings.defaults());
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 2 << 20),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            Records.createTopic(kafka.bootstrapServers());
            var sent = producer.send(new ProducerRecord<>(Records.TOPIC, new byte[1_500_000]));
            assertThat(sent.get().offset()).isZero();
        }
    }

    @Test
    void namesThePortInUse() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var settings = EmbeddedKafkaSettings.defaults().withPort(taken.getLocalPort());
            assertThatThrownBy(() -> EmbeddedKafka.start(dir, settings))
                    .hasMessage("port " + taken.getLocalPort() + " on 127.0.0.1 is in use");
        }
    }

    private static String clusterId(EmbeddedKafka kafka) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.describeCluster().clusterId().get();
        }
    }
}

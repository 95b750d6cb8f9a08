package org.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was acknowledged before SIGKILL is there after the next start, and the next start is quick. */
class KilledJvmIT {
    private static final Logger LOG = LoggerFactory.getLogger(KilledJvmIT.class);

    @TempDir
    Path dir;

    @Test
    void nextStartFindsEverything() throws Exception {
        runAndKill();
        long begun = System.nanoTime();
        try (var kafka = EmbeddedKafka.start(dir.resolve("kafka"), EmbeddedKafkaSettings.defaults())) {
            var kafkaTook = Duration.ofNanos(System.nanoTime() - begun);
            begun = System.nanoTime();
            try (var postgres =
                    EmbeddedPostgresServer.start(dir.resolve("postgres"), EmbeddedPostgresSettings.defaults())) {
                var postgresTook = Duration.ofNanos(System.nanoTime() - begun);
                LOG.info("after SIGKILL: Kafka {} ms, PostgreSQL {} ms", kafkaTook.toMillis(), postgresTook.toMillis());
                assertThat(Records.readAll(kafka.bootstrapServers())).containsExactly("a", "b");
                assertThatCode(() -> postgres.execute("postgres", "INSERT INTO kept SELECT n + 1 FROM kept"))
                        .doesNotThrowAnyException();
                assertThat(kafkaTook.plus(postgresTook)).isLessThan(Duration.ofSeconds(30));
            }
        }
    }

    private void runAndKill() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child = new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledJvm.class.getName(),
                        dir.toString()))
                .redirectErrorStream(true)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = output.readLine()) != null && !line.equals(KilledJvm.WRITTEN)) LOG.info("child: {}", line);
            assertThat(line).isEqualTo(KilledJvm.WRITTEN);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}

package org.facteur.embedded;

import java.nio.file.Path;

/** A JVM that starts both servers below its first argument, writes to both, says so, and waits to be killed. */
final class KilledJvm {
    static final String WRITTEN = "written";

    private KilledJvm() {}

    public static void main(String[] arguments) throws Exception {
        var dir = Path.of(arguments[0]);
        var kafka = EmbeddedKafka.start(dir.resolve("kafka"), EmbeddedKafkaSettings.defaults());
        var postgres = EmbeddedPostgresServer.start(dir.resolve("postgres"), EmbeddedPostgresSettings.defaults());
        Records.createTopic(kafka.bootstrapServers());
        Records.write(kafka.bootstrapServers(), "a", "b");
        postgres.execute("postgres", "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
        System.out.println(WRITTEN);
        Thread.sleep(Long.MAX_VALUE);
    }
}

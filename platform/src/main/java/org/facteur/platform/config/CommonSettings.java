package org.facteur.platform.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What every service reads from the environment.
 *
 * @param hostname name in banners, Received, Message-ID and certificates
 * @param data directory of everything the process keeps
 * @param bind address that servers listen on
 * @param metricsPort port of /metrics and /health
 * @param kafka bootstrap servers, or {@code embedded}
 * @param kafkaPartitions partitions of a topic that is created
 * @param kafkaReplication replication factor of a topic that is created
 * @param retention of mail topics
 * @param postgres URI, or {@code embedded}
 * @param bodies directory of the body store, or {@code s3://…}; empty means {@code data/bodies}
 * @param inlineLimit octets up to which a message rides in its record
 * @param masterKey base64 of 32 octets; empty when not set
 * @param dns resolvers as host:port; empty means the system's
 */
public record CommonSettings(
        String hostname,
        Path data,
        String bind,
        int metricsPort,
        String kafka,
        int kafkaPartitions,
        int kafkaReplication,
        Duration retention,
        String postgres,
        String bodies,
        long inlineLimit,
        String masterKey,
        List<String> dns) {
    /** FACTEUR_HOSTNAME. */
    public static final Setting<String> HOSTNAME = new Setting<>(
            "FACTEUR_HOSTNAME",
            machineName(),
            "a host name, such as mail.example.org",
            "Name in banners, Received, Message-ID and certificates.",
            CommonSettings::hostname);

    /** FACTEUR_DATA. */
    public static final Setting<Path> DATA =
            Setting.path("FACTEUR_DATA", "./var", "Where the standalone run keeps everything.");

    /** FACTEUR_BIND. */
    public static final Setting<String> BIND =
            Setting.text("FACTEUR_BIND", "0.0.0.0", "Address that the servers listen on.");

    /** FACTEUR_METRICS_PORT. */
    public static final Setting<Integer> METRICS_PORT =
            Setting.port("FACTEUR_METRICS_PORT", 9464, "Port of /metrics, /health/live and /health/ready.");

    /** FACTEUR_KAFKA. */
    public static final Setting<String> KAFKA = Setting.text(
            "FACTEUR_KAFKA", "embedded", "Kafka bootstrap servers (host:port, comma-separated), or embedded.");

    /** FACTEUR_KAFKA_PARTITIONS. */
    public static final Setting<Integer> KAFKA_PARTITIONS =
            Setting.number("FACTEUR_KAFKA_PARTITIONS", 3, 1, 1000, "Partitions of topics that are created at start.");

    /** FACTEUR_KAFKA_REPLICATION. */
    public static final Setting<Integer> KAFKA_REPLICATION = Setting.number(
            "FACTEUR_KAFKA_REPLICATION",
            1,
            1,
            9,
            "Replication of topics that are created at start; with 1 every promise is flushed to the disk.");

    /** FACTEUR_RETENTION. */
    public static final Setting<Duration> RETENTION =
            Setting.duration("FACTEUR_RETENTION", "7d", "How long the mail topics keep records, for a replay.");

    /** FACTEUR_POSTGRES. */
    public static final Setting<String> POSTGRES = Setting.text(
            "FACTEUR_POSTGRES",
            "embedded",
            "PostgreSQL as postgresql://user:password@host:port/database, or embedded.");

    /** FACTEUR_BODIES. */
    public static final Setting<String> BODIES = new Setting<>(
            "FACTEUR_BODIES",
            "",
            "a directory, or " + S3Settings.FORM,
            "Body store: a directory, or a bucket of an object store; FACTEUR_DATA/bodies when not set.",
            CommonSettings::bodies);

    /** FACTEUR_INLINE_LIMIT. */
    public static final Setting<Long> INLINE_LIMIT = Setting.size(
            "FACTEUR_INLINE_LIMIT", "256K", "Larger messages go to the body store before they enter a topic.");

    /** FACTEUR_MAX_MESSAGE, of those services alone that take messages from outside. */
    public static final Setting<Long> MAX_MESSAGE =
            Setting.size("FACTEUR_MAX_MESSAGE", "52428800", "Largest message that is taken.");

    /** FACTEUR_MASTER_KEY. */
    public static final Setting<String> MASTER_KEY = Setting.text(
            "FACTEUR_MASTER_KEY",
            "",
            "32 octets in base64 that seal private keys; made at first start in the standalone run, required elsewhere.");

    /** FACTEUR_DNS. */
    public static final Setting<List<String>> DNS = Setting.list(
            "FACTEUR_DNS",
            "",
            "host:port, comma-separated",
            "Resolvers for every look-up of every service; the system's when not set.",
            CommonSettings::hostAndPort);

    /** All of them, for {@code facteur config}. */
    public static final List<Setting<?>> SETTINGS = List.of(
            HOSTNAME,
            DATA,
            BIND,
            METRICS_PORT,
            KAFKA,
            KAFKA_PARTITIONS,
            KAFKA_REPLICATION,
            RETENTION,
            POSTGRES,
            BODIES,
            S3Settings.KEY,
            S3Settings.SECRET,
            S3Settings.SPOOL,
            INLINE_LIMIT,
            MASTER_KEY,
            DNS);

    /** Reads them; fails with {@link SettingException}. */
    public static CommonSettings from(Environment environment) {
        Path data = environment.get(DATA);
        String bodies = environment.get(BODIES);
        return new CommonSettings(
                environment.get(HOSTNAME),
                data,
                environment.get(BIND),
                environment.get(METRICS_PORT),
                environment.get(KAFKA),
                environment.get(KAFKA_PARTITIONS),
                environment.get(KAFKA_REPLICATION),
                environment.get(RETENTION),
                environment.get(POSTGRES),
                bodies.isEmpty() ? data.resolve("bodies").toString() : bodies,
                environment.get(INLINE_LIMIT),
                environment.get(MASTER_KEY),
                environment.get(DNS));
    }

    private static String hostname(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?") || name.length() > 253) {
            throw new IllegalArgumentException(text);
        }
        return name;
    }

    private static String bodies(String text) {
        if (text.contains("://")) {
            S3Settings.parse(text, "", "", Path.of(""));
        }
        return text;
    }

    private static String hostAndPort(String text) {
        HostPort.parse(text);
        return text;
    }

    private static String machineName() {
        try {
            return hostname(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException | IllegalArgumentException e) {
            return "localhost";
        }
    }
}

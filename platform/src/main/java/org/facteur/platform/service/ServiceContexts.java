package org.facteur.platform.service;

import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.body.S3BodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.S3Settings;
import org.facteur.platform.config.SettingException;
import org.facteur.platform.dns.CachingDns;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsSettings;
import org.facteur.platform.dns.DnsjavaDns;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.metrics.Meters;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Builds what a process gives its services. */
public final class ServiceContexts {
    private ServiceContexts() {}

    /**
     * The pieces that the settings ask for; nothing waits for a connection. Blocks for the directories that it makes. Whoever
     * creates a context closes its Kafka connection and its body store at the end, after the services.
     *
     * @param kafka where Kafka is; {@code common.kafka()} may still say {@code embedded}
     */
    public static ServiceContext create(
            Vertx vertx,
            Environment environment,
            CommonSettings common,
            KafkaSettings kafka,
            Meters meters,
            Health health) {
        BodyStore bodies = bodies(vertx, environment, common, health);
        meters.watchDisk(common.data());
        return new ServiceContext(
                vertx,
                environment,
                common,
                new KafkaConnection(vertx, kafka, meters.registry(), health),
                bodies,
                dns(common),
                meters.registry(),
                health,
                Clock.systemUTC());
    }

    private static Dns dns(CommonSettings common) {
        return new CachingDns(new DnsjavaDns(DnsSettings.of(
                common.dns().stream().map(ServiceContexts::address).toList())));
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return new InetSocketAddress(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    private static BodyStore bodies(Vertx vertx, Environment environment, CommonSettings common, Health health) {
        if (S3Settings.isMeantBy(common.bodies())) {
            return objects(vertx, environment, common, health);
        }
        try {
            return new DirectoryBodyStore(vertx, Path.of(common.bodies()));
        } catch (UncheckedIOException e) {
            throw refused(common, "a directory that can be written: " + e.getMessage());
        }
    }

    private static BodyStore objects(Vertx vertx, Environment environment, CommonSettings common, Health health) {
        try {
            S3BodyStore store = new S3BodyStore(vertx, S3Settings.from(environment, common.bodies()));
            health.ready("body store found", store::isFound);
            return store;
        } catch (SdkClientException e) {
            throw refused(common, "an address with ?region= or ?endpoint= where the machine knows no AWS region");
        }
    }

    private static SettingException refused(CommonSettings common, String accepted) {
        return new SettingException(CommonSettings.BODIES.name() + "=" + common.bodies() + ": accepted is " + accepted);
    }
}

package org.facteur.platform.service;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;
import org.facteur.platform.config.SettingException;
import org.facteur.platform.kafka.KafkaSettings;
import org.facteur.platform.metrics.Health;
import org.facteur.platform.metrics.Meters;
import org.facteur.platform.metrics.MetricsServer;

/** One service alone in a process, against Kafka and PostgreSQL elsewhere: from its settings to its drained end. */
final class ServiceProcess {
    private final Vertx vertx = Vertx.vertx();
    private final Meters meters;
    private final Health health = new Health();
    private final ServiceContext context;
    private final Function<ServiceContext, ? extends Deployable> service;
    private final MetricsServer metrics;
    private final List<String> deployed = new ArrayList<>();

    /** Reads the settings; fails with {@link SettingException}. */
    ServiceProcess(
            String name,
            Environment environment,
            Collection<Setting<?>> known,
            Function<ServiceContext, ? extends Deployable> service) {
        CommonSettings common = check(environment, known);
        this.service = service;
        meters = new Meters(name);
        context = ServiceContexts.create(vertx, environment, common, KafkaSettings.of(common), meters, health);
        metrics = new MetricsServer(common.bind(), common.metricsPort(), meters, health);
    }

    private static CommonSettings check(Environment environment, Collection<Setting<?>> known) {
        List<Setting<?>> all = new ArrayList<>(CommonSettings.SETTINGS);
        all.addAll(known);
        environment.refuseUnknown(all);
        all.forEach(environment::get);
        CommonSettings common = CommonSettings.from(environment);
        if (common.kafka().equals("embedded")) {
            throw new SettingException(CommonSettings.KAFKA.name()
                    + "=embedded: accepted is host:port, comma-separated, where a service runs alone");
        }
        return common;
    }

    /** The port of /metrics and /health. */
    int metricsPort() {
        return metrics.port();
    }

    /** Serves health at once, so that a wait for Kafka is seen from outside, then starts the service. */
    Future<Void> start() {
        health.ready("topics created", () -> deployed.size() > 1);
        return deploy(metrics)
                .compose(serving -> context.kafka().createTopics())
                .compose(created -> deploy(service.apply(context)));
    }

    private Future<Void> deploy(Deployable verticle) {
        return vertx.deployVerticle(verticle).onSuccess(deployed::add).mapEmpty();
    }

    /** Drains and stops the service, then closes what it used. */
    Future<Void> stop() {
        Future<Void> undeployed = Future.succeededFuture();
        for (int i = deployed.size() - 1; i >= 0; i--) {
            String id = deployed.get(i);
            undeployed = undeployed.transform(before -> vertx.undeploy(id).mapEmpty());
        }
        return undeployed
                .transform(before -> context.kafka().close())
                .transform(before -> context.bodies().close())
                .transform(before -> vertx.close())
                .onComplete(closed -> meters.close());
    }
}

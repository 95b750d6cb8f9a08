package org.facteur.platform.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.kafka.KafkaConnection;
import org.facteur.platform.metrics.Health;

/**
 * What a process gives every service in it: one of each in the standalone run, one of each per container elsewhere. A
 * service takes it in its constructor, reads its own settings record from {@link #environment()} and builds the rest.
 *
 * @param common the settings that every service shares
 * @param kafka makes producers, stages, reply readers and directory views
 * @param dns the caching resolver
 * @param clock the wall clock, or a test's
 */
public record ServiceContext(
        Vertx vertx,
        Environment environment,
        CommonSettings common,
        KafkaConnection kafka,
        BodyStore bodies,
        Dns dns,
        MeterRegistry meters,
        Health health,
        Clock clock) {}

package org.facteur.verifier;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Topic;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.kafka.Stage;
import org.facteur.platform.kafka.StageSettings;
import org.facteur.platform.service.ServiceContext;
import org.facteur.platform.service.ServiceMain;

/** The stage from mail.received to mail.verdicts, mail.deliver and, for forwards, mail.submitted. */
public final class AuthVerifier extends VerticleBase {
    /** The stage's name, and the service's on the command line. */
    public static final String NAME = "auth-verifier";

    private static final int IN_FLIGHT = 256;

    private final ServiceContext services;
    private final VerifierSettings settings;
    private RecordProducer durable;
    private RecordProducer swift;
    private Stage stage;

    /** Reads the settings; fails with {@link org.facteur.platform.config.SettingException}. */
    public AuthVerifier(ServiceContext services) {
        this.services = services;
        this.settings = VerifierSettings.from(services.environment(), services.common());
    }

    /** Runs the service alone. */
    public static void main(String[] args) {
        ServiceMain.run(NAME, VerifierSettings.SETTINGS, AuthVerifier::new);
    }

    @Override
    public Future<?> start() {
        durable = services.kafka().durableProducer(NAME);
        swift = services.kafka().swiftProducer(NAME + "-verdicts");
        Reception reception = new Reception(
                settings,
                new Checks(vertx, services.dns(), services.clock(), settings),
                services.bodies(),
                durable,
                swift,
                services.kafka().journeyProducer(),
                new AuthMeters(
                        services.meters(), services.kafka().table(Topic.DOMAINS, DomainEntry.class), services.clock()),
                services.clock());
        stage = services.kafka().stage(new StageSettings(NAME, Topic.RECEIVED, IN_FLIGHT), reception::handle);
        return stage.start();
    }

    @Override
    public Future<?> stop() {
        return stage.stop().compose(stopped -> durable.close()).compose(closed -> swift.close());
    }
}

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

/**
 * The stage from mail.received to mail.verdicts, mail.deliver and, for forwards, mail.submitted; and the one that explains
 * saved messages, from auth.requests to auth.replies.
 */
public final class AuthVerifier extends VerticleBase {
    /** The stage's name, and the service's on the command line. */
    public static final String NAME = "auth-verifier";

    private static final int IN_FLIGHT = 256;
    private static final int EXPLANATIONS = 4;

    private final ServiceContext services;
    private final VerifierSettings settings;
    private RecordProducer durable;
    private RecordProducer swift;
    private Stage stage;
    private Stage explanations;

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
        Checks checks = new Checks(vertx, services.dns(), services.clock(), settings);
        Reception reception = new Reception(
                settings,
                checks,
                services.bodies(),
                durable,
                swift,
                services.kafka().journeyProducer(),
                new AuthMeters(
                        services.meters(), services.kafka().table(Topic.DOMAINS, DomainEntry.class), services.clock()),
                services.clock());
        stage = services.kafka().stage(new StageSettings(NAME, Topic.RECEIVED, IN_FLIGHT), reception::handle);
        Explainer explainer =
                new Explainer(settings, checks, services.dns(), services.bodies(), swift, services.clock());
        explanations = services.kafka()
                .stage(new StageSettings(NAME + "-explain", Topic.AUTH_REQUESTS, EXPLANATIONS), explainer::handle);
        return Future.all(stage.start(), explanations.start());
    }

    @Override
    public Future<?> stop() {
        return Future.all(stage.stop(), explanations.stop())
                .compose(stopped -> durable.close())
                .compose(closed -> swift.close());
    }
}

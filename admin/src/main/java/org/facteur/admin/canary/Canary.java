package org.facteur.admin.canary;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.facteur.admin.directory.DirectoryRows;
import org.facteur.admin.directory.Outbox;
import org.facteur.platform.security.Passwords;
import org.facteur.platform.service.ServiceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a message through submission every so often, reads it back over IMAP, deletes it, and publishes how long that took and
 * what failed. One round trip at a time. Its account is made, and made again where somebody deletes it, by itself; while its
 * domain is missing it waits. Call it on the context that runs the outbox.
 */
public final class Canary {
    private static final Logger LOG = LoggerFactory.getLogger(Canary.class);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Duration every;
    private final CanaryAccount account;
    private final CanarySubmission submission;
    private final CanaryMailbox mailbox;
    private final CanaryMeters meters;
    private final WorkerExecutor worker;
    private long timer;
    private boolean underWay;
    private boolean stopped;
    private boolean settled; // the account is as it should be, as far as is known
    private boolean known; // the account has been so once
    private int failures; // in a row
    private String said = "";

    private Canary(ServiceContext services, CanarySettings settings, CanaryAccount account) {
        this.account = account;
        vertx = services.vertx();
        every = settings.every();
        submission = new CanarySubmission(
                vertx, settings.submission(), services.common().hostname(), account);
        mailbox = new CanaryMailbox(settings.imap(), account, DEADLINE);
        meters = new CanaryMeters(services.meters(), services.clock());
        worker = vertx.createSharedWorkerExecutor("canary", 1);
    }

    /** The canary that the environment asks for, if it does. */
    public static Optional<Canary> from(ServiceContext services, DirectoryRows rows, Outbox outbox) {
        CanarySettings settings = CanarySettings.from(services.environment());
        CanaryMeters.enabled(services.meters(), settings.address().isPresent());
        return settings.address()
                .map(address -> new CanaryAccount(address, rows, outbox, new Passwords(services.vertx())))
                .map(account -> new Canary(services, settings, account));
    }

    /** Makes the account now, and sends a message at each interval from then on. */
    public void start() {
        timer = vertx.setPeriodic(0, every.toMillis(), tick -> tick());
    }

    /** Stops; a round trip under way is given up. */
    public Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return worker.close();
    }

    private void tick() {
        if (underWay) {
            return;
        }
        underWay = true;
        Future.succeededFuture()
                .compose(now -> ready())
                .compose(ready -> ready ? roundTrip() : Future.<Void>succeededFuture())
                .onComplete(done -> underWay = false);
    }

    /** Whether a message can be sent now. After a failure the account is looked at: it may have been deleted. */
    private Future<Boolean> ready() {
        if (settled) {
            return Future.succeededFuture(true);
        }
        return account.ensure().map(this::isReady).otherwise(cause -> {
            say("the canary's account cannot be looked at: " + cause.getMessage());
            return known; // the database is away: does mail get through?
        });
    }

    private boolean isReady(CanaryAccount.State state) {
        switch (state) {
            case READY -> {
                settled = true;
                known = true;
                said = "";
            }
            case WRITTEN -> say("the canary has its account " + account.address());
            case NO_DOMAIN -> say("the canary waits until the domain of " + account.address() + " is here");
            case TAKEN -> say("the canary waits: " + account.address() + " is somebody's, give it another address");
        }
        return settled;
    }

    private Future<Void> roundTrip() {
        String token = UUID.randomUUID().toString();
        long begin = System.nanoTime();
        return submission
                .send(token)
                .onSuccess(accepted -> meters.sent())
                .compose(accepted -> worker.executeBlocking(() -> mailbox.read(token)))
                .onSuccess(read -> succeeded(read - begin))
                .onFailure(this::failed)
                .mapEmpty();
    }

    private void succeeded(long nanos) {
        meters.succeeded(nanos);
        if (failures > 0) {
            LOG.info("the canary gets through again, after {} failures", failures);
        }
        failures = 0;
    }

    private void failed(Throwable cause) {
        if (stopped) {
            return;
        }
        CanaryStep step = cause instanceof CanaryFailure failure ? failure.step() : CanaryStep.READ;
        meters.failed(step);
        if (failures == 0) {
            LOG.warn("the canary does not get through, at the step {}: {}", step.label(), cause.getMessage());
        }
        failures++;
        settled = false;
    }

    private void say(String what) {
        if (!what.equals(said)) {
            LOG.info("{}", what);
        }
        said = what;
    }
}

package org.facteur.platform.service;

import io.vertx.core.Deployable;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main of a service that runs alone. Exit status: 0 after SIGTERM or SIGINT, when everything under way is done; 2 and 3 as
 * {@link StartFailure} says; 1 when the service could not start for any other reason.
 */
public final class ServiceMain {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);
    private static final Duration STOP = Duration.ofSeconds(28);

    private ServiceMain() {}

    /**
     * Runs a service until the process is told to end; returns when the service is up.
     *
     * @param name the service's name, for the log
     * @param known the settings that may be set besides the common ones; any other FACTEUR_ variable stops the start
     * @param service makes the verticle, on the calling thread's way to its event loop
     */
    public static void run(
            String name, Collection<Setting<?>> known, Function<ServiceContext, ? extends Deployable> service) {
        try {
            ServiceProcess process = new ServiceProcess(name, Environment.of(System.getenv()), known, service);
            Thread stop = new Thread(() -> stop(name, process), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            process.start()
                    .onSuccess(started -> LOG.info("{} is up", name))
                    .onFailure(cause -> new Thread(() -> fail(name, cause, stop), "fail").start());
        } catch (RuntimeException e) {
            end(name, e);
        }
    }

    private static void fail(String name, Throwable cause, Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException alreadyStopping) {
            return;
        }
        end(name, cause);
    }

    private static void end(String name, Throwable cause) {
        StartFailure failure = StartFailure.of(cause);
        if (failure.status() == 1) {
            LOG.error("{} cannot start", name, cause);
        }
        System.err.println(name + ": " + failure.line());
        System.exit(failure.status());
    }

    private static void stop(String name, ServiceProcess process) {
        LOG.info("{} stops", name);
        try {
            process.stop().await(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} did not stop within {}; what is not done will be done again", name, STOP);
        } catch (RuntimeException e) {
            LOG.warn("{} did not stop cleanly", name, e);
        }
        Runtime.getRuntime().halt(0); // a signal's own status would read like a crash
    }
}

package org.facteur.backends;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A container that serves one port, which is the same on this machine for as long as the container exists: clients see
 * what an outage would show them. Its files are on the engine's disk and survive an outage, not the container.
 */
final class ServerContainer extends GenericContainer<ServerContainer> {
    private static final Logger LOG = LoggerFactory.getLogger(TestBackends.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final int port;
    private Callable<Boolean> serves = () -> true;

    /** A container, not started, whose port {@code inside} will be a free one of this machine. */
    ServerContainer(DockerImageName image, int inside) {
        super(image);
        this.port = freePort();
        // only this machine where the engine runs on it; from another machine or container it is to be reached
        var binding = getHost().equals("localhost") ? Binding.bindIpAndPort("127.0.0.1", port) : Binding.bindPort(port);
        withCreateContainerCmdModifier(command -> {
            command.withExposedPorts(ExposedPort.tcp(inside));
            command.getHostConfig().withPortBindings(new PortBinding(binding, ExposedPort.tcp(inside)));
        });
        withLabels(Leftovers.labels());
        setWaitStrategy(new AbstractWaitStrategy() {
            @Override
            protected void waitUntilReady() {
                awaitService();
            }
        });
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port on {@link #getHost()}. */
    int port() {
        return port;
    }

    /** What tells that the service is ready; a failure says "not yet". */
    ServerContainer servesWhen(Callable<Boolean> test) {
        serves = test;
        return this;
    }

    /** Whether it failed because somebody else took the port meanwhile. */
    static boolean lostItsPort(ContainerLaunchException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage());
            if (message.contains("already allocated") || message.contains("already in use")) return true;
        }
        return false;
    }

    private void awaitService() {
        await(getDockerImageName())
                .atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .failFast("the container ended: " + getDockerImageName(), () -> !isRunning())
                .until(serves);
    }

    /** Stops what runs inside in order; blocks until it is down. Again is no failure. */
    void halt() {
        try {
            getDockerClient()
                    .stopContainerCmd(getContainerId())
                    .withTimeout((int) STOP.toSeconds())
                    .exec();
        } catch (NotModifiedException e) {
            LOG.debug("{} is stopped already", getDockerImageName(), e);
        }
    }

    /** Kills what runs inside; blocks until it is gone. */
    void crash() {
        try (var end = getDockerClient().waitContainerCmd(getContainerId()).start()) {
            getDockerClient().killContainerCmd(getContainerId()).exec();
            end.awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + getDockerImageName() + " ended", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again; blocks until it serves. */
    void resume() {
        try {
            getDockerClient().startContainerCmd(getContainerId()).exec();
        } catch (NotModifiedException e) {
            LOG.debug("{} runs already", getDockerImageName(), e);
        } catch (DockerException e) {
            throw new IllegalStateException(getDockerImageName() + " does not start again on port " + port, e);
        }
        awaitService();
    }
}

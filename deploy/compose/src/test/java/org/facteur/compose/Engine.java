package org.facteur.compose;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Docker engine that the tests of the containers need, with the image of the platform in it. */
final class Engine {
    private static final Shell SHELL = new Shell(Path.of("").toAbsolutePath(), Map.of());

    private Engine() {}

    /**
     * Skips the test, and says why, where there is no engine or an image cannot be had. With CONTAINERS_REQUIRED=yes in the
     * environment that is a failure: a run that means to test the containers must not pass without.
     */
    static void required() {
        require(succeeds("docker", "info"), "needs a Docker engine");
        String image = System.getenv().getOrDefault("IMAGE_FACTEUR", "facteur");
        require(
                succeeds("docker", "image", "inspect", image),
                "needs the image " + image + ": deploy/image/build makes it");
    }

    /** The same where the image is one of those that the compose file names; it is fetched where that is possible. */
    static void required(String image) {
        require(
                succeeds("docker", "image", "inspect", image) || succeeds("docker", "pull", image),
                "needs the image " + image);
    }

    private static void require(boolean condition, String what) {
        if (!condition && "yes".equals(System.getenv("CONTAINERS_REQUIRED"))) {
            throw new AssertionError(what);
        }
        assumeTrue(condition, what);
    }

    /** The address of this machine that every container reaches: that of the engine's own bridge. */
    static String address() {
        String bridge = SHELL.run(List.of(
                "docker",
                "network",
                "inspect",
                "-f",
                "{{index .Options \"com.docker.network.bridge.name\"}}",
                "bridge"));
        try {
            return NetworkInterface.getByName(bridge)
                    .inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .orElseThrow()
                    .getHostAddress();
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            SHELL.run(List.of(command));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}

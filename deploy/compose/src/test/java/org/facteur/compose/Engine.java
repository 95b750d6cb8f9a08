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

    /** Skips the test, and says why, where there is no engine or no image. */
    static void required() {
        assumeTrue(succeeds("docker", "info"), "needs a Docker engine");
        String image = System.getenv().getOrDefault("IMAGE_FACTEUR", "facteur");
        assumeTrue(
                succeeds("docker", "image", "inspect", image),
                "needs the image " + image + ": deploy/image/build makes it");
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

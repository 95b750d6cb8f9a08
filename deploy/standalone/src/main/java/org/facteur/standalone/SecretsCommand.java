package org.facteur.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code facteur secrets DIRECTORY}: every secret that a deployment in containers needs and does not have yet. */
@Command(
        name = "secrets",
        description = "Make the secrets of a deployment that are missing.",
        mixinStandardHelpOptions = true)
final class SecretsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIRECTORY", description = "Where the files are, or will be.")
    private Path directory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String hostname = Environment.of(System.getenv()).get(CommonSettings.HOSTNAME);
        try {
            List<String> made =
                    DeploymentSecrets.make(directory.toAbsolutePath().normalize(), hostname);
            describe(made, hostname);
            return 0;
        } catch (IOException e) {
            String reason = e instanceof AccessDeniedException ? "permission denied: " : "";
            spec.commandLine().getErr().println("facteur: secrets in " + directory + ": " + reason + e.getMessage());
            return 1;
        }
    }

    private void describe(List<String> made, String hostname) {
        PrintWriter out = spec.commandLine().getOut();
        for (String name : made) {
            out.println("made " + name + (name.equals("tls-cert.pem") ? " for " + hostname + ", self-signed" : ""));
        }
        if (made.isEmpty()) {
            out.println("nothing was missing in " + directory);
        }
        out.flush();
    }
}

package org.facteur.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs. They refuse to run as root: then they run in a user namespace of their own, in which root
 * is nobody, while the kernel still takes their files for root's.
 */
final class PostgresProgram {
    private static final long TIMEOUT_SECONDS = 120;

    private final Path bin;
    private final Path output;

    /** Programs from {@code home/bin}; what they print goes to the file {@code output}. */
    PostgresProgram(Path home, Path output) {
        this.bin = home.resolve("bin");
        this.output = output;
    }

    /** Runs a program to its end; fails with what it printed when its exit status is not 0. */
    void run(String name, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        if (isRoot()) command.addAll(List.of("unshare", "-U"));
        command.add(bin.resolve(name).toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C");
        var process = start(builder);
        process.getOutputStream().close();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(name + " did not end within " + TIMEOUT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + name + " ran", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(name + " failed: " + Files.readString(output).strip());
        }
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            var advice = isRoot() ? "; run as a user other than root" : "";
            throw new IOException("cannot run " + builder.command().get(0) + " for PostgreSQL" + advice, e);
        }
    }

    private static boolean isRoot() throws IOException {
        var self = Path.of("/proc/self");
        return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
    }
}

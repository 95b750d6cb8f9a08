package org.facteur.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The main process of a PostgreSQL server, found by the pid file in its data directory. */
record Postmaster(long pid) {
    /**
     * The live server of this data directory; none when the pid is nobody's or, after a reboot, another program's.
     * Where there is no {@code /proc}, the program's name decides.
     */
    static Optional<Postmaster> of(Path pidFile, Path data) throws IOException {
        var lines = Files.readAllLines(pidFile);
        if (lines.isEmpty()) return Optional.empty();
        long pid = Long.parseLong(lines.get(0).strip());
        return ProcessHandle.of(pid).filter(p -> serves(p, data)).map(p -> new Postmaster(pid));
    }

    private static boolean serves(ProcessHandle process, Path data) {
        var cwd = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            // a server makes its data directory its working directory
            if (Files.exists(Path.of("/proc/self"))) return cwd.toRealPath().equals(data.toRealPath());
        } catch (IOException e) {
            return false;
        }
        return process.info().command().map(c -> c.endsWith("postgres")).orElse(false);
    }
}

package org.facteur.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the class path into a directory of the caller's. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /**
     * The directory with {@code bin}, {@code lib} and {@code share} below {@code parent}; unpacked there when it is not
     * there yet (15 MB packed, about 2 s).
     */
    static Path in(Path parent) throws IOException {
        var archive = archive();
        var url = PostgresBinaries.class.getResource("/" + archive);
        if (url == null)
            throw new IOException("no PostgreSQL for this machine: " + archive + " is not on the class path");
        var size = url.openConnection().getContentLengthLong();
        var home = parent.resolve("postgresql-" + archive.replace(".txz", "") + "-" + size);
        if (Files.isDirectory(home)) return home;
        Files.createDirectories(parent);
        var unpacking = Files.createTempDirectory(parent, "unpacking-");
        // a server that is run as another user has to read it
        Files.setPosixFilePermissions(unpacking, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var in = url.openStream()) {
            unpack(in, unpacking);
        }
        try {
            Files.move(unpacking, home);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            // another JVM was faster
            if (!Files.isDirectory(home)) throw e;
            Directories.delete(unpacking);
        }
        return home;
    }

    private static String archive() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var family = os.startsWith("mac") ? "darwin" : os.startsWith("win") ? "windows" : "linux";
        var arch = System.getProperty("os.arch");
        var processor = arch.equals("aarch64") || arch.equals("arm64") ? "arm_64" : "x86_64";
        return "postgres-" + family + "-" + processor + ".txz";
    }

    private static void unpack(InputStream packed, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                var target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) throw new IOException("entry outside the archive: " + entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(target, into.resolve(entry.getLinkName()).normalize());
                } else {
                    Files.copy(tar, target);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }
}

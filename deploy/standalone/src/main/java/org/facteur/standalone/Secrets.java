package org.facteur.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Supplier;

/** Secrets that are made where they are missing and kept in files of a directory, each appearing there as a whole. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private final Path directory;
    private final Set<PosixFilePermission> permissions;

    /** Files that only the owner can read. */
    Secrets(Path directory) {
        this(directory, OWNER);
    }

    /** Files with these permissions. */
    Secrets(Path directory, Set<PosixFilePermission> permissions) {
        this.directory = directory;
        this.permissions = Set.copyOf(permissions);
    }

    /** Whether there is a file of this name. */
    boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    /** What the file says, or what {@code make} gives, which is then written to it. */
    String get(String name, Supplier<String> make) throws IOException {
        if (has(name)) {
            return Files.readString(directory.resolve(name)).strip();
        }
        String secret = make.get();
        keep(name, secret);
        return secret;
    }

    /** Writes a secret that comes from elsewhere to its file, so that others find it. */
    void keep(String name, String secret) throws IOException {
        Path unfinished = directory.resolve("." + name + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER));
        // No line end: not every program that reads such a file takes it off.
        Files.writeString(unfinished, secret, StandardOpenOption.WRITE);
        Files.setPosixFilePermissions(unfinished, permissions);
        Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Random octets. */
    static byte[] octets(int number) {
        byte[] octets = new byte[number];
        RANDOM.nextBytes(octets);
        return octets;
    }
}

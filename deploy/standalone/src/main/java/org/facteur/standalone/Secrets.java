package org.facteur.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Secrets that the standalone run makes at its first start and keeps in files that only the owner can read. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_OCTETS = 24;

    private final Path directory;

    Secrets(Path directory) {
        this.directory = directory;
    }

    /** What the file says, or what {@code make} gives, which is then written to it. */
    String get(String name, Supplier<String> make) throws IOException {
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        String secret = make.get();
        keep(name, secret);
        return secret;
    }

    /** Writes a secret that comes from elsewhere to its file, so that the command finds it. */
    void keep(String name, String secret) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret + "\n", StandardOpenOption.WRITE);
    }

    /** A random word for tokens and passwords; it needs no escaping in a URI. */
    static String word() {
        byte[] octets = new byte[TOKEN_OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}

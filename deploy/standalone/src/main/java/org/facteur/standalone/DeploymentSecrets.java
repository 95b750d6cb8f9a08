package org.facteur.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.facteur.platform.net.SelfSigned;
import org.facteur.platform.security.Passwords;
import org.facteur.platform.security.Seal;

/**
 * The secrets of a deployment in containers: one file each in a directory that only its owner can enter. The files
 * themselves can be read by all, because they are mounted one by one into containers that run as other users; the directory
 * keeps everybody else out. What is there is never changed.
 */
final class DeploymentSecrets {
    private static final Set<PosixFilePermission> OWNERS_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> READ_BY_ALL = PosixFilePermissions.fromString("rw-r--r--");
    private static final String CERTIFICATE = "tls-cert.pem";
    private static final String KEY = "tls-key.pem";
    private static final Set<String> NAMES = Set.of(
            "master-key",
            "admin-token",
            "postgres-password",
            "postgres-owner-password",
            "postgres-reader-password",
            "postgres-uri",
            "postgres-read-uri",
            "s3-key",
            "s3-secret",
            "grafana-password",
            "roundcube-des-key",
            CERTIFICATE,
            KEY);

    private final Path directory;
    private final Secrets secrets;
    private final List<String> made = new ArrayList<>();

    private DeploymentSecrets(Path directory) {
        this.directory = directory;
        this.secrets = new Secrets(directory, READ_BY_ALL);
    }

    /**
     * Makes what is missing, the directory included.
     *
     * @param hostname for the certificate
     * @return the names of the files that were made
     * @throws IOException with a sentence for the person where something is in the way
     */
    static List<String> make(Path directory, String hostname) throws IOException {
        prepare(directory);
        DeploymentSecrets deployment = new DeploymentSecrets(directory);
        deployment.makeAll(hostname);
        return List.copyOf(deployment.made);
    }

    private void makeAll(String hostname) throws IOException {
        refuseEmptyFiles();
        make("master-key", Seal::newKey);
        make("admin-token", Passwords::random);
        make("postgres-password", Passwords::random);
        makeLogin("postgres-owner-password", "postgres-uri", "facteur");
        makeLogin("postgres-reader-password", "postgres-read-uri", "facteur_reader");
        // The form that the strictest of the S3 servers ask for.
        make("s3-key", () -> "GK" + HexFormat.of().formatHex(Secrets.octets(12)));
        make("s3-secret", () -> HexFormat.of().formatHex(Secrets.octets(32)));
        make("grafana-password", Passwords::random);
        // 24 characters, neither more nor fewer: a key of Triple DES.
        make("roundcube-des-key", () -> Base64.getUrlEncoder().encodeToString(Secrets.octets(18)));
        makeCertificate(hostname);
    }

    private String make(String name, Supplier<String> secret) throws IOException {
        boolean missing = !secrets.has(name);
        String text = secrets.get(name, secret);
        if (missing) {
            made.add(name);
        }
        return text;
    }

    /** The password alone, for whoever makes the log-in, and the URI that holds it, for whoever uses it: never two words. */
    private void makeLogin(String passwordName, String uriName, String user) throws IOException {
        String known = secrets.has(uriName) ? passwordOf(uriName) : "";
        String password = make(passwordName, known.isEmpty() ? Passwords::random : () -> known);
        if (!known.isEmpty() && !known.equals(password)) {
            throw new IOException(
                    passwordName + " is not the password in " + uriName + "; remove the one that is wrong");
        }
        String escaped = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
        make(uriName, () -> "postgresql://" + user + ":" + escaped + "@postgres:5432/facteur");
    }

    private String passwordOf(String uriName) throws IOException {
        String text = Files.readString(directory.resolve(uriName)).strip();
        try {
            String login = URI.create(text).getUserInfo();
            return login == null || login.indexOf(':') < 0 ? "" : login.substring(login.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            throw new IOException(uriName + " is not of the form postgresql://user:password@host:port/database", e);
        }
    }

    private void makeCertificate(String hostname) throws IOException {
        if (secrets.has(CERTIFICATE) && secrets.has(KEY)) {
            return;
        }
        if (secrets.has(CERTIFICATE) || secrets.has(KEY)) {
            throw new IOException(
                    "of " + CERTIFICATE + " and " + KEY + " only one is there; add the other or remove it");
        }
        SelfSigned.at(directory, List.of(hostname, "localhost"));
        for (String name : List.of(CERTIFICATE, KEY)) {
            Files.setPosixFilePermissions(directory.resolve(name), READ_BY_ALL);
            made.add(name);
        }
    }

    private void refuseEmptyFiles() throws IOException {
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            if (Files.isDirectory(file)) {
                throw new IOException(name + " is a directory (a container was started without the file); remove it");
            }
            if (Files.exists(file) && Files.size(file) == 0) {
                throw new IOException(name + " is empty; remove it or fill it");
            }
        }
    }

    /** Makes the directory, or closes one that is there to others, unless it looks like somebody's. */
    private static void prepare(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNERS_DIRECTORY));
        } else if (!Files.isDirectory(directory)) {
            throw new IOException("it is not a directory");
        } else if (!Files.getPosixFilePermissions(directory).equals(OWNERS_DIRECTORY)) {
            try (Stream<Path> entries = Files.list(directory)) {
                if (!entries.allMatch(DeploymentSecrets::mayBeHere)) {
                    throw new IOException("it is open to others and holds other files; name another directory");
                }
            }
            Files.setPosixFilePermissions(directory, OWNERS_DIRECTORY);
        }
    }

    private static boolean mayBeHere(Path entry) {
        String name = entry.getFileName().toString();
        return name.startsWith(".") || NAMES.contains(name);
    }
}

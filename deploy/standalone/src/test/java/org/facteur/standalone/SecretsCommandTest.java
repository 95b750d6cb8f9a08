package org.facteur.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.facteur.platform.net.TlsIdentity;
import org.facteur.platform.security.Seal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SecretsCommandTest {
    @TempDir
    Path temporary;

    private Path directory;
    private String out;
    private String err;

    @BeforeEach
    void name() {
        directory = temporary.resolve("secrets");
    }

    private int run() {
        StringWriter output = new StringWriter();
        StringWriter error = new StringWriter();
        int status = new CommandLine(new Facteur())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(error))
                .execute("secrets", directory.toString());
        out = output.toString();
        err = error.toString();
        return status;
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(name), text);
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void makesEverythingOnce() throws IOException {
        assertThat(run()).isZero();
        Map<String, String> made = files();
        assertThat(made)
                .containsOnlyKeys(
                        "admin-token",
                        "grafana-password",
                        "master-key",
                        "postgres-owner-password",
                        "postgres-password",
                        "postgres-read-uri",
                        "postgres-reader-password",
                        "postgres-uri",
                        "roundcube-des-key",
                        "s3-key",
                        "s3-secret",
                        "tls-cert.pem",
                        "tls-key.pem");
        made.keySet().forEach(name -> assertThat(out).contains("made " + name));
        assertThat(made.values()).doesNotHaveDuplicates();

        assertThat(run()).isZero();
        assertThat(out).startsWith("nothing was missing");
        assertThat(files()).isEqualTo(made);
    }

    @Test
    void theSecretsAreOfTheirForm() throws IOException {
        run();
        Map<String, String> made = files();
        Seal.from(made.get("master-key")); // fails where it is no key
        assertThat(made.get("postgres-uri"))
                .isEqualTo("postgresql://facteur:" + made.get("postgres-owner-password") + "@postgres:5432/facteur");
        assertThat(made.get("postgres-read-uri"))
                .isEqualTo("postgresql://facteur_reader:" + made.get("postgres-reader-password")
                        + "@postgres:5432/facteur");
        assertThat(made.get("roundcube-des-key")).hasSize(24);
        assertThat(made.get("s3-key")).matches("GK[0-9a-f]{24}");
        assertThat(made.get("s3-secret")).matches("[0-9a-f]{64}");
        TlsIdentity.load(directory.resolve("tls-cert.pem"), directory.resolve("tls-key.pem"));
    }

    @Test
    void onlyTheOwnerEntersAndContainersRead() throws IOException {
        run();
        assertThat(rights(directory)).isEqualTo("rwx------");
        for (String name : files().keySet()) {
            assertThat(rights(directory.resolve(name))).as(name).isEqualTo("rw-r--r--");
        }
    }

    @Test
    void whatIsThereStaysAndTheRestFits() throws IOException {
        write("admin-token", "mine\n");
        write("postgres-owner-password", "a/word?\n");
        write("postgres-read-uri", "postgresql://reader:my%40word@db.example.org/mail");
        write(".gitignore", "*\n");
        assertThat(run()).isZero();
        assertThat(files())
                .containsEntry("admin-token", "mine\n")
                .containsEntry("postgres-uri", "postgresql://facteur:a%2Fword%3F@postgres:5432/facteur")
                .containsEntry("postgres-read-uri", "postgresql://reader:my%40word@db.example.org/mail")
                .containsEntry("postgres-reader-password", "my@word");
        assertThat(out).doesNotContain("admin-token").contains("made postgres-uri");
        assertThat(rights(directory)).isEqualTo("rwx------");
    }

    @Test
    void wordsThatDoNotFitAreRefused() throws IOException {
        write("postgres-owner-password", "one");
        write("postgres-uri", "postgresql://facteur:two@postgres:5432/facteur");
        assertThat(run()).isEqualTo(1);
        assertThat(err)
                .contains("postgres-owner-password is not the password in postgres-uri")
                .doesNotContain("two");
    }

    @Test
    void halfACertificateIsRefused() throws IOException {
        write("tls-cert.pem", "mine");
        assertThat(run()).isEqualTo(1);
        assertThat(err).contains("of tls-cert.pem and tls-key.pem only one is there");
        assertThat(files()).containsEntry("tls-cert.pem", "mine").doesNotContainKey("tls-key.pem");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        write("admin-token", "");
        assertThat(run()).isEqualTo(1);
        assertThat(err).contains("admin-token is empty");
    }

    @Test
    void aDirectoryOfSomethingElseIsNotClosed() throws IOException {
        write("letter.txt", "Dear reader");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(run()).isEqualTo(1);
        assertThat(err).contains("holds other files");
        assertThat(rights(directory)).isEqualTo("rwxr-xr-x");
        assertThat(files()).containsOnlyKeys("letter.txt");
    }
}

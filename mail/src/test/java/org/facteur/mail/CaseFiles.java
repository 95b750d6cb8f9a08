package org.facteur.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.mail.dkim.DkimKeys;

/**
 * The cases of a folder of test resources: {@code .msg} is a message (line ends become CRLF), each line of {@code .dns} a name
 * and its TXT record or SERVFAIL, {@code .result} what is expected.
 */
public record CaseFiles(Path folder) {
    /** The cases of {@code src/test/resources/NAME}. */
    public static CaseFiles of(String name) {
        return new CaseFiles(Path.of("src/test/resources", name));
    }

    /** Their names, in order. */
    public List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".msg"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message of a case. */
    public byte[] message(String name) {
        return read(name + ".msg").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What is expected of it. */
    public String result(String name) {
        return read(name + ".result");
    }

    /** The keys that DNS has for it. */
    public DkimKeys keys(String name) {
        List<String> lines = read(name + ".dns").lines().toList();
        return asked -> {
            List<String> txt = lines.stream()
                    .filter(line -> line.startsWith(asked + " "))
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .toList();
            return CompletableFuture.completedFuture(
                    txt.contains("SERVFAIL") ? new DkimKeyAnswer.Unavailable("SERVFAIL") : DkimKeyAnswer.of(txt));
        };
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

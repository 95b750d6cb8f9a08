package org.facteur.verifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.facteur.platform.dns.FakeDns;
import org.facteur.platform.dns.RecordType;
import org.junit.jupiter.api.DynamicTest;

/** Tables of cases in {@code src/test/resources}: a line each, between them the records of a zone. */
public final class CaseFiles {
    private CaseFiles() {}

    /**
     * The tests of all files in a folder.
     *
     * @param tests those of one file, by its name and its lines without comments
     */
    public static Stream<DynamicTest> tests(String folder, BiFunction<String, List<String>, List<DynamicTest>> tests) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
            return files.sorted().toList().stream()
                    .flatMap(file -> tests.apply(file.getFileName().toString(), lines(file)).stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds {@code name TYPE data} to a zone; a type with ! fails temporarily, FAIL is all types. */
    public static void add(FakeDns dns, String line) {
        String[] parts = line.split(" ", 3);
        switch (parts[1]) {
            case "TXT" -> dns.txt(parts[0], parts[2]);
            case "A", "AAAA" -> dns.address(parts[0], parts[2]);
            case "PTR" -> dns.ptr(parts[0], parts[2]);
            case "MX" -> dns.mx(parts[0], Integer.parseInt(parts[2].split(" ")[0]), parts[2].split(" ")[1]);
            case "CNAME" -> dns.cname(parts[0], parts[2]);
            case "FAIL" -> dns.fail(parts[0]);
            case "TXT!", "A!", "AAAA!", "MX!" -> dns.fail(RecordType.valueOf(parts[1].replace("!", "")), parts[0]);
            default -> throw new IllegalArgumentException(line);
        }
    }
}

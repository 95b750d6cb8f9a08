package org.facteur.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus' own tool says of the configuration and of the rules, where it is installed. */
class PromtoolIT {
    @BeforeAll
    static void promtoolIsInstalled() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Path.of(folder, "promtool").toFile().canExecute()),
                "promtool is not on the PATH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.yml", "standalone.yml"})
    void acceptsTheConfiguration(String file) throws IOException, InterruptedException {
        assertThat(promtool("check", "config", file)).contains("SUCCESS");
    }

    @Test
    void acceptsTheRules() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("check", "rules"));
        AlertRules.yaml("rules").forEach(file -> command.add("rules/" + file.getFileName()));
        assertThat(promtool(command.toArray(String[]::new))).contains("SUCCESS");
    }

    @ParameterizedTest
    @MethodSource("tests")
    void raisesAlertsWhenTheyShouldBe(String file) throws IOException, InterruptedException {
        assertThat(promtool("test", "rules", "tests/" + file)).contains("SUCCESS");
    }

    static Stream<String> tests() {
        return AlertRules.yaml("tests").stream().map(file -> file.getFileName().toString());
    }

    /** Runs promtool in deploy/prometheus; what it prints, once it has ended with status 0. */
    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(new File("../prometheus"))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}

package org.facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    private static final Setting<String> SECRET = Setting.text("FACTEUR_SECRET", "none", "A secret.");
    private static final Setting<Integer> PORT = Setting.port("FACTEUR_TEST_PORT", 25, "A port.");

    @TempDir
    Path directory;

    private Environment fileHolding(Setting<?> setting, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("value"), text);
        return Environment.of(Map.of(setting.name() + "_FILE", file.toString()));
    }

    @ParameterizedTest
    @CsvSource({"'word', 'word'", "'word\n', 'word'", "'word\r\n', 'word'", "' two words \n', ' two words '"})
    void aFileGivesTheValueWithoutItsLineEnd(String text, String value) throws IOException {
        Environment environment = fileHolding(SECRET, text);
        assertThat(environment.has(SECRET)).isTrue();
        assertThat(environment.get(SECRET)).isEqualTo(value);
    }

    @Test
    void aFileGivesAnyKindOfValue() throws IOException {
        assertThat(fileHolding(PORT, "2525\n").get(PORT)).isEqualTo(2525);
    }

    @Test
    void theLinesInsideOfAFileStay() throws IOException {
        assertThat(fileHolding(SECRET, "one\ntwo\n").get(SECRET)).isEqualTo("one\ntwo");
    }

    @Test
    void anEmptyVariableNamesNoFile() {
        Environment environment = Environment.of(Map.of("FACTEUR_SECRET_FILE", " "));
        assertThat(environment.has(SECRET)).isFalse();
        assertThat(environment.get(SECRET)).isEqualTo("none");
    }

    @Test
    void textAndFileAtOnceAreRefusedWithoutTheSecret() {
        Environment both = Environment.of(Map.of("FACTEUR_SECRET", "hush", "FACTEUR_SECRET_FILE", "/run/secrets/x"));
        assertThatThrownBy(() -> both.get(SECRET))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "FACTEUR_SECRET_FILE=/run/secrets/x: FACTEUR_SECRET is set as well; accepted is one of the two");
    }

    @Test
    void whatIsNotThereIsNamed() {
        Path file = directory.resolve("absent");
        assertThatThrownBy(() -> Environment.of(Map.of("FACTEUR_SECRET_FILE", file.toString()))
                        .get(SECRET))
                .isInstanceOf(SettingException.class)
                .hasMessage("FACTEUR_SECRET_FILE=" + file + ": cannot read the file: there is none");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> Environment.of(Map.of("FACTEUR_SECRET_FILE", directory.toString()))
                        .get(SECRET))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("FACTEUR_SECRET_FILE=" + directory + ": cannot read the file: ");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Environment environment = fileHolding(SECRET, "\n");
        assertThatThrownBy(() -> environment.get(SECRET))
                .isInstanceOf(SettingException.class)
                .hasMessageEndingWith(": the file is empty");
    }

    @Test
    void aValueThatIsNotAcceptedIsNotRepeated() throws IOException {
        Environment environment = fileHolding(PORT, "hush");
        assertThatThrownBy(() -> environment.get(PORT))
                .isInstanceOf(SettingException.class)
                .hasMessageEndingWith("what the file holds is not FACTEUR_TEST_PORT; accepted is a port, 0 to 65535")
                .hasMessageNotContaining("hush");
    }

    @Test
    void aChangeTakesThePlaceOfTheFile() throws IOException {
        Environment changed = fileHolding(SECRET, "old").with(Map.of("FACTEUR_SECRET", "new"));
        assertThat(changed.get(SECRET)).isEqualTo("new");
    }

    @Test
    void filesOfKnownSettingsAreKnown() {
        Environment known = Environment.of(Map.of("FACTEUR_SECRET_FILE", "x", "FACTEUR_TEST_PORT", "1"));
        known.refuseUnknown(List.of(SECRET, PORT));
        assertThatThrownBy(() -> known.refuseUnknown(List.of(PORT)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("FACTEUR_SECRET_FILE=x: there is no such setting");
    }
}

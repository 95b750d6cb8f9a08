package org.facteur.admin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.facteur.mail.record.Explanation;
import org.facteur.mail.record.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A case is two files: {@code NAME.json} is what the API answers, {@code NAME.txt} what a person reads. */
class ExplanationTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"forged", "trouble"})
    void reads(String name) throws IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        Explanation told = Json.read(resource(name + ".json"), Explanation.class);
        new ExplanationText(out).write(told, List.of("--helo is mx.example.net, by the topmost Received field"));
        out.flush();
        assertThat(text.toString().replace(System.lineSeparator(), "\n"))
                .isEqualTo(new String(resource(name + ".txt"), UTF_8));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ExplanationTextTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}

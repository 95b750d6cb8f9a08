package org.facteur.admin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facteur.mail.record.Explanation;
import org.facteur.mail.record.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facteur verify FILE}: why a saved message passes or is refused, step by step, with every DNS question. */
@Command(
        name = "verify",
        description = "Why does a message pass, go to Junk or get refused? Step by step, with every DNS question.",
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The message as it was saved; - reads it from the standard input.")
    private String file;

    @Option(
            names = "--ip",
            paramLabel = "IP",
            description = "Address of the client that handed it in; else that of the topmost Received field.")
    private Optional<String> ip;

    @Option(names = "--helo", paramLabel = "NAME", description = "What it said in EHLO; else from Received.")
    private Optional<String> helo;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "Address of MAIL FROM, <> for none; else that of the topmost Return-Path field.")
    private Optional<String> from;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        SavedMessage message = SavedMessage.of(read());
        List<String> notes = new ArrayList<>(message.notes());
        String client = given("--ip", ip, "Received", ip.isPresent() ? ip : message.ip(), notes);
        String name = given("--helo", helo, "Received", helo.isPresent() ? helo : message.helo(), notes);
        String path = given("--from", from, "Return-Path", from.isPresent() ? from : message.reversePath(), notes);
        if (client.isEmpty()) {
            throw new ApiClient.ApiException("no Received field tells whom the message came from: say it with --ip");
        }
        JsonNode answer = output.api()
                .post(
                        "/api/verify?ip=" + ApiClient.encode(client) + "&helo=" + ApiClient.encode(name) + "&from="
                                + ApiClient.encode(path),
                        "message/rfc822",
                        message.bytes());
        output.print(answer, out -> new ExplanationText(out).write(explanation(answer), notes));
        return 0;
    }

    private static String given(
            String option, Optional<String> said, String field, Optional<String> value, List<String> notes) {
        if (said.isEmpty()) {
            notes.add(
                    value.isPresent()
                            ? option + " is " + (value.get().isEmpty() ? "<>" : value.get()) + ", by the topmost "
                                    + field + " field"
                            : option + " is not said, and no " + field + " field tells it");
        }
        return value.orElse("");
    }

    private byte[] read() {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new ApiClient.ApiException(file + " is not there");
        } catch (IOException e) {
            throw new ApiClient.ApiException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static Explanation explanation(JsonNode answer) {
        try {
            return Json.mapper().treeToValue(answer, Explanation.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

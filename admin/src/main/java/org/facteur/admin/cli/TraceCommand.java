package org.facteur.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code facteur trace ID}: where a message has been, stage by stage; {@code facteur trace ADDRESS}: the day's messages. */
@Command(
        name = "trace",
        description = "Where is my mail? By message id or by address.",
        mixinStandardHelpOptions = true)
public final class TraceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID|ADDRESS", description = "The id of the 250 reply, or an address.")
    private String what;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        if (what.contains("@")) {
            JsonNode found = output.api().get("/api/messages?address=" + ApiClient.encode(what));
            output.print(
                    found,
                    out -> found.forEach(message -> out.println(message.path("at")
                                    .asText() + "  " + message.path("id").asText())));
        } else {
            JsonNode journey = output.api().get("/api/messages/" + ApiClient.encode(what));
            output.print(journey, out -> show(out, journey));
        }
        return 0;
    }

    /** Prints a journey: time since the first event, stage, what it did, how long it had the message. */
    public static void show(PrintWriter out, JsonNode journey) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("AFTER", "STAGE", "DID", "TOOK", "DETAIL"));
        Instant first = null;
        for (JsonNode event : journey.path("events")) {
            Instant at = Instant.parse(event.path("at").asText());
            first = first == null ? at : first;
            rows.add(List.of(
                    millis(Duration.between(first, at).toNanos() / 1000),
                    event.path("stage").asText(),
                    event.path("what").asText(),
                    millis(event.path("micros").asLong()),
                    event.path("detail").asText()));
        }
        out.println("message " + journey.path("id").asText() + (first == null ? "" : ", " + first));
        Output.table(out, rows);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
    }
}

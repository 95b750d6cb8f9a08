package org.facteur.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code facteur queue list|retry|hold|release|remove}. */
@Command(name = "queue", description = "Mail that could not be handed over yet.", mixinStandardHelpOptions = true)
public final class QueueCommand {
    private static final String PATH = "/api/queue/";

    @Command(description = "What waits, the next to be tried first.")
    int list(@Mixin Output output) {
        JsonNode answer = output.api().get("/api/queue");
        output.print(answer, out -> {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ID", "STATE", "SENDER", "ATTEMPTS", "NEXT", "LAST ERROR"));
            answer.forEach(entry -> rows.add(List.of(
                    entry.path("id").asText(),
                    entry.path("state").asText(),
                    entry.path("sender").asText(),
                    entry.path("attempts").asText(),
                    entry.path("nextAttempt").asText(),
                    entry.path("lastError").asText())));
            Output.table(out, rows);
        });
        return 0;
    }

    @Command(description = "Try an entry now.")
    int retry(@Parameters(paramLabel = "ID") String id, @Mixin Output output) {
        return post(id, "retry", output);
    }

    @Command(description = "Hold an entry back.")
    int hold(@Parameters(paramLabel = "ID") String id, @Mixin Output output) {
        return post(id, "hold", output);
    }

    @Command(description = "Let a held entry be tried again.")
    int release(@Parameters(paramLabel = "ID") String id, @Mixin Output output) {
        return post(id, "release", output);
    }

    @Command(description = "Drop an entry; nobody is told.")
    int remove(@Parameters(paramLabel = "ID") String id, @Mixin Output output) {
        JsonNode answer = output.api().delete(PATH + ApiClient.encode(id));
        output.print(answer, out -> out.println(id + " is removed"));
        return 0;
    }

    private static int post(String id, String verb, Output output) {
        JsonNode answer = output.api().post(PATH + ApiClient.encode(id) + "/" + verb);
        output.print(
                answer,
                out -> out.println(id + " is " + answer.path("state").asText().toLowerCase(java.util.Locale.ROOT)
                        + ", next attempt " + answer.path("nextAttempt").asText()));
        return 0;
    }
}

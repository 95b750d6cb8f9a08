package org.facteur.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code facteur alias add|list|remove}. */
@Command(name = "alias", description = "Addresses that stand for others.", mixinStandardHelpOptions = true)
public final class AliasCommand {
    private static final String PATH = "/api/aliases/";

    @Command(description = "Add or replace an alias; *@domain is the catch-all.")
    int add(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "TARGET", arity = "1..*") List<String> targets,
            @Mixin Output output) {
        JsonNode answer = output.api().put(PATH + ApiClient.encode(address), Map.of("targets", targets));
        output.print(
                answer,
                out -> out.println(answer.path("address").asText() + " stands for " + joined(answer.path("targets"))));
        return 0;
    }

    @Command(description = "All aliases, or those of one domain.")
    int list(@Parameters(paramLabel = "DOMAIN", arity = "0..1") String domain, @Mixin Output output) {
        JsonNode answer =
                output.api().get("/api/aliases" + (domain == null ? "" : "?domain=" + ApiClient.encode(domain)));
        output.print(answer, out -> {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ADDRESS", "TARGETS"));
            answer.forEach(alias -> rows.add(List.of(alias.path("address").asText(), joined(alias.path("targets")))));
            Output.table(out, rows);
        });
        return 0;
    }

    @Command(description = "Remove an alias.")
    int remove(@Parameters(paramLabel = "ADDRESS") String address, @Mixin Output output) {
        JsonNode answer = output.api().delete(PATH + ApiClient.encode(address));
        output.print(answer, out -> out.println(address + " is removed"));
        return 0;
    }

    private static String joined(JsonNode targets) {
        List<String> texts = new ArrayList<>();
        targets.forEach(target -> texts.add(target.asText()));
        return String.join(", ", texts);
    }
}

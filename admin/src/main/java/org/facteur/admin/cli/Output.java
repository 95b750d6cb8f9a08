package org.facteur.admin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.facteur.mail.record.Json;
import org.facteur.platform.config.Environment;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every verb has: {@code --json}, the API, and printing for people. Mixed into each command. */
public final class Output {
    @Option(names = "--json", description = "Print the document that the API answered.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private final Supplier<ApiClient> client;

    /** Speaks to the environment's server. */
    public Output() {
        this(() -> new ApiClient(Environment.of(System.getenv())));
    }

    /** Speaks to that server. */
    public Output(Supplier<ApiClient> client) {
        this.client = client;
    }

    /** The API of the server. */
    public ApiClient api() {
        return client.get();
    }

    /** Prints the document with {@code --json}, else what {@code text} makes of it. */
    public void print(JsonNode document, Consumer<PrintWriter> text) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            try {
                out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        } else {
            text.accept(out);
        }
        out.flush();
    }

    /** Prints rows in columns as wide as their content. */
    static void table(PrintWriter out, List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}

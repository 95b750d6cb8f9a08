package org.facteur.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facteur domain add|list|dns|dmarc|tls|remove}. */
@Command(name = "domain", description = "The domains whose mail lives here.", mixinStandardHelpOptions = true)
public final class DomainCommand {
    private static final String PATH = "/api/domains/";

    @Command(description = "Take mail for a domain.")
    int add(@Parameters(paramLabel = "DOMAIN") String domain, @Mixin Output output) {
        JsonNode answer = output.api().put(PATH + ApiClient.encode(domain), Map.of());
        String name = answer.path("domain").asText();
        output.print(answer, out -> out.println(name + " is here. Its DNS records: facteur domain dns " + name));
        return 0;
    }

    @Command(description = "All domains.")
    int list(@Mixin Output output) {
        JsonNode answer = output.api().get("/api/domains");
        output.print(
                answer,
                out -> answer.forEach(
                        domain -> out.println(domain.path("domain").asText())));
        return 0;
    }

    @Command(description = "Every DNS record that the domain needs, and whether it is there; status 1 if one is not.")
    int dns(@Parameters(paramLabel = "DOMAIN") String domain, @Mixin Output output) {
        JsonNode answer = output.api().get(PATH + ApiClient.encode(domain) + "/dns");
        output.print(answer, out -> answer.forEach(record -> show(out, record)));
        for (JsonNode record : answer) {
            if (!record.path("ok").asBoolean()) {
                return 1;
            }
        }
        return 0;
    }

    @Command(description = "What others report about mail in the domain's name: sources, those with failures first.")
    int dmarc(@Parameters(paramLabel = "DOMAIN") String domain, @Mixin Since since, @Mixin Output output) {
        JsonNode answer = output.api().get(PATH + ApiClient.encode(domain) + "/dmarc" + since.query());
        output.print(answer, out -> ReportTables.dmarc(out, answer));
        return 0;
    }

    @Command(description = "What others report about TLS on the way to the domain: why connections failed.")
    int tls(@Parameters(paramLabel = "DOMAIN") String domain, @Mixin Since since, @Mixin Output output) {
        JsonNode answer = output.api().get(PATH + ApiClient.encode(domain) + "/tls" + since.query());
        output.print(answer, out -> ReportTables.tls(out, answer));
        return 0;
    }

    /** From when on. */
    static final class Since {
        @Option(names = "--since", paramLabel = "TIME", description = "Such as 2026-11-01T00:00:00Z; 30 days ago.")
        private String since;

        private String query() {
            return since == null ? "" : "?since=" + ApiClient.encode(since);
        }
    }

    @Command(description = "Take no more mail for a domain; it must have no accounts and aliases.")
    int remove(@Parameters(paramLabel = "DOMAIN") String domain, @Mixin Output output) {
        JsonNode answer = output.api().delete(PATH + ApiClient.encode(domain));
        output.print(answer, out -> out.println(domain + " is removed"));
        return 0;
    }

    private static void show(PrintWriter out, JsonNode record) {
        boolean ok = record.path("ok").asBoolean();
        out.println((ok ? "ok       " : "MISSING  ") + record.path("purpose").asText() + ": "
                + record.path("name").asText() + " " + record.path("type").asText());
        if (!ok) {
            out.println("         expected  " + record.path("expected").asText());
        }
        record.path("found").forEach(found -> out.println("         found     " + found.asText()));
        if (!ok) {
            out.println("         " + record.path("why").asText());
        }
    }
}

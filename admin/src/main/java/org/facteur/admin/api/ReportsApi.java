package org.facteur.admin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import org.facteur.admin.api.Api.Answer;
import org.facteur.admin.directory.DirectoryRows;
import org.facteur.admin.reports.ReportSummaries;

/** {@code /api/domains/{domain}/dmarc} and {@code …/tls}: what others report about a domain of ours. */
public final class ReportsApi {
    private static final Duration USUAL = Duration.ofDays(30);

    private final DirectoryRows directory;
    private final Clock clock;

    /** Adds its routes to the API. */
    public ReportsApi(Api api, DirectoryRows directory, ReportSummaries summaries, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        api.route(
                HttpMethod.GET,
                "/api/domains/:domain/dmarc",
                context -> summary(context, (domain, since) -> summaries.dmarc(domain, since)));
        api.route(
                HttpMethod.GET,
                "/api/domains/:domain/tls",
                context -> summary(context, (domain, since) -> summaries.tls(domain, since)));
    }

    private Future<Answer> summary(
            RoutingContext context, BiFunction<String, Instant, Future<ReportSummaries.Summary>> summaries) {
        String domain = Names.domain(context.pathParam("domain"));
        Instant since = since(context);
        return directory
                .domain(domain)
                .compose(found -> summaries.apply(
                        found.orElseThrow(() -> Problem.notFound(domain)).domain(), since))
                .map(Answer::ok);
    }

    private Instant since(RoutingContext context) {
        List<String> given = context.queryParam("since");
        if (given.isEmpty()) {
            return clock.instant().minus(USUAL).truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return Instant.parse(given.get(0));
        } catch (DateTimeParseException e) {
            throw Problem.invalid("since=" + given.get(0) + ": expected is a time such as 2026-11-24T00:00:00Z");
        }
    }
}

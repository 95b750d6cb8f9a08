package org.facteur.admin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import org.facteur.admin.api.Api.Answer;
import org.facteur.admin.directory.DirectoryRows;
import org.facteur.admin.directory.Outbox;
import org.facteur.admin.dns.DnsCheck;

/** {@code /api/domains}: the domains whose mail lives here, and the DNS records that each needs. */
public final class DomainsApi {
    private final DirectoryRows rows;
    private final Outbox outbox;
    private final DnsCheck dns;
    private final Clock clock;

    /** Adds its routes to the API. */
    public DomainsApi(Api api, DirectoryRows rows, Outbox outbox, DnsCheck dns, Clock clock) {
        this.rows = rows;
        this.outbox = outbox;
        this.dns = dns;
        this.clock = clock;
        api.route(HttpMethod.GET, "/api/domains", context -> rows.domains().map(Answer::ok));
        api.route(HttpMethod.GET, "/api/domains/:domain", this::get);
        api.route(HttpMethod.PUT, "/api/domains/:domain", this::put);
        api.route(HttpMethod.DELETE, "/api/domains/:domain", this::delete);
        api.route(HttpMethod.GET, "/api/domains/:domain/dns", this::records);
    }

    private Future<Answer> get(RoutingContext context) {
        String name = Names.domain(context.pathParam("domain"));
        return rows.domain(name).map(found -> Answer.ok(found.orElseThrow(() -> Problem.notFound(name))));
    }

    private Future<Answer> put(RoutingContext context) {
        String name = Names.domain(context.pathParam("domain"));
        return rows.putDomain(name, clock.instant()).compose(created -> {
            outbox.wake();
            return rows.domain(name)
                    .map(found -> new Answer(created ? 201 : 200, found.orElseThrow(() -> Problem.notFound(name))));
        });
    }

    private Future<Answer> delete(RoutingContext context) {
        String name = Names.domain(context.pathParam("domain"));
        return rows.deleteDomain(name).map(deletion -> {
            switch (deletion) {
                case ABSENT -> throw Problem.notFound(name);
                case IN_USE -> throw Problem.conflict(name + " still has accounts or aliases; remove them first");
                default -> outbox.wake();
            }
            return Answer.none();
        });
    }

    private Future<Answer> records(RoutingContext context) {
        String name = Names.domain(context.pathParam("domain"));
        return rows.domain(name)
                .compose(found -> dns.check(
                        found.orElseThrow(() -> Problem.notFound(name)).domain()))
                .map(Answer::ok);
    }
}

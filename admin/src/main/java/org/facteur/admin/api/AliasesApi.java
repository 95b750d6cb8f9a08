package org.facteur.admin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import org.facteur.admin.api.Api.Answer;
import org.facteur.admin.directory.DirectoryRows;
import org.facteur.admin.directory.Outbox;
import org.facteur.mail.record.AddressEntry;

/** {@code /api/aliases}: addresses that stand for others, here or elsewhere; {@code *@domain} is the catch-all. */
public final class AliasesApi {
    private static final int MOST_TARGETS = 100;

    private final DirectoryRows rows;
    private final Outbox outbox;

    /** Adds its routes to the API. */
    public AliasesApi(Api api, DirectoryRows rows, Outbox outbox) {
        this.rows = rows;
        this.outbox = outbox;
        api.route(HttpMethod.GET, "/api/aliases", this::list);
        api.route(HttpMethod.GET, "/api/aliases/:address", this::get);
        api.route(HttpMethod.PUT, "/api/aliases/:address", this::put);
        api.route(HttpMethod.DELETE, "/api/aliases/:address", this::delete);
    }

    /** What a PUT takes. */
    record Change(List<String> targets) {}

    /** What a GET gives. */
    record Alias(String address, List<String> targets) {}

    private Future<Answer> list(RoutingContext context) {
        List<String> domain = context.queryParam("domain");
        return rows.addresses(AddressEntry.Kind.ALIAS, domain.isEmpty() ? "" : Names.domain(domain.get(0)))
                .map(all -> Answer.ok(all.stream().map(AliasesApi::shown).toList()));
    }

    private Future<Answer> get(RoutingContext context) {
        String address = Names.address(context.pathParam("address"));
        return rows.address(address)
                .map(found -> Answer.ok(shown(found.filter(entry -> entry.kind() == AddressEntry.Kind.ALIAS)
                        .orElseThrow(() -> Problem.notFound(address)))));
    }

    private Future<Answer> put(RoutingContext context) {
        String address = Names.address(context.pathParam("address"));
        List<String> targets = Api.body(context, Change.class).targets();
        if (targets == null
                || targets.isEmpty()
                || targets.size() > MOST_TARGETS
                || targets.stream().anyMatch(Objects::isNull)) {
            throw Problem.invalid("targets is a list of 1 to " + MOST_TARGETS + " addresses");
        }
        List<String> normalized =
                targets.stream().map(Names::address).distinct().toList();
        if (normalized.contains(address)) {
            throw Problem.invalid(address + " cannot be a target of itself");
        }
        AddressEntry entry = AddressEntry.alias(address, normalized);
        return rows.putAddress(entry).map(put -> {
            switch (put) {
                case NO_DOMAIN ->
                    throw Problem.conflict(
                            "the domain of " + address + " is not here; add it first: PUT /api/domains/…");
                case OTHER_KIND -> throw Problem.conflict(address + " is an account");
                default -> outbox.wake();
            }
            return new Answer(put == DirectoryRows.Put.CREATED ? 201 : 200, shown(entry));
        });
    }

    private Future<Answer> delete(RoutingContext context) {
        String address = Names.address(context.pathParam("address"));
        return rows.deleteAddress(address, AddressEntry.Kind.ALIAS).map(deletion -> {
            if (deletion == DirectoryRows.Deletion.ABSENT) {
                throw Problem.notFound(address);
            }
            outbox.wake();
            return Answer.none();
        });
    }

    private static Alias shown(AddressEntry entry) {
        return new Alias(entry.address(), entry.targets());
    }
}

package org.facteur.admin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.facteur.admin.api.Api.Answer;
import org.facteur.admin.directory.DirectoryRows;
import org.facteur.admin.directory.Outbox;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.UsageEntry;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.security.Passwords;

/** {@code /api/accounts}: people with mailboxes. Passwords go in and never come out. */
public final class AccountsApi {
    private static final int SHORTEST_PASSWORD = 8;

    private final DirectoryRows rows;
    private final Outbox outbox;
    private final Passwords passwords;
    private final TableView<UsageEntry> usage;

    /** Adds its routes to the API. */
    public AccountsApi(Api api, DirectoryRows rows, Outbox outbox, Passwords passwords, TableView<UsageEntry> usage) {
        this.rows = rows;
        this.outbox = outbox;
        this.passwords = passwords;
        this.usage = usage;
        api.route(HttpMethod.GET, "/api/accounts", this::list);
        api.route(HttpMethod.GET, "/api/accounts/:address", this::get);
        api.route(HttpMethod.PUT, "/api/accounts/:address", this::put);
        api.route(HttpMethod.DELETE, "/api/accounts/:address", this::delete);
    }

    /** What a PUT takes; what is missing stays as it is. */
    record Change(String password, Long quota, String displayName) {}

    /** What a GET gives. */
    record Account(String address, String displayName, long quota, long bytes, long messages) {}

    private Future<Answer> list(RoutingContext context) {
        List<String> domain = context.queryParam("domain");
        return rows.addresses(AddressEntry.Kind.ACCOUNT, domain.isEmpty() ? "" : Names.domain(domain.get(0)))
                .map(all -> Answer.ok(all.stream().map(this::shown).toList()));
    }

    private Future<Answer> get(RoutingContext context) {
        String address = Names.account(context.pathParam("address"));
        return find(address).map(found -> Answer.ok(shown(found.orElseThrow(() -> Problem.notFound(address)))));
    }

    private Future<Answer> put(RoutingContext context) {
        String address = Names.account(context.pathParam("address"));
        Change change = Api.body(context, Change.class);
        if (change.quota() != null && change.quota() < 0) {
            throw Problem.invalid("quota is in octets; 0 means unlimited");
        }
        if (change.password() != null && change.password().length() < SHORTEST_PASSWORD) {
            throw Problem.invalid("password has at least " + SHORTEST_PASSWORD + " characters");
        }
        if (change.displayName() != null && change.displayName().chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("displayName has no control characters");
        }
        return find(address).compose(before -> {
            if (before.isEmpty() && change.password() == null) {
                throw Problem.invalid("a new account needs a password");
            }
            Future<String> hash = change.password() == null
                    ? Future.succeededFuture(before.get().passwordHash())
                    : passwords.hash(change.password());
            return hash.map(text -> merged(address, before, change, text)).compose(this::write);
        });
    }

    private Future<Answer> write(AddressEntry entry) {
        return rows.putAddress(entry).map(put -> {
            switch (put) {
                case NO_DOMAIN ->
                    throw Problem.conflict(
                            "the domain of " + entry.address() + " is not here; add it first: PUT /api/domains/…");
                case OTHER_KIND -> throw Problem.conflict(entry.address() + " is an alias");
                default -> outbox.wake();
            }
            return new Answer(put == DirectoryRows.Put.CREATED ? 201 : 200, shown(entry));
        });
    }

    private Future<Answer> delete(RoutingContext context) {
        String address = Names.account(context.pathParam("address"));
        return rows.deleteAddress(address, AddressEntry.Kind.ACCOUNT).map(deletion -> {
            if (deletion == DirectoryRows.Deletion.ABSENT) {
                throw Problem.notFound(address);
            }
            outbox.wake();
            return Answer.none();
        });
    }

    private static AddressEntry merged(String address, Optional<AddressEntry> before, Change change, String hash) {
        return AddressEntry.account(
                address,
                hash,
                change.quota() != null
                        ? change.quota()
                        : before.map(AddressEntry::quota).orElse(0L),
                change.displayName() != null
                        ? change.displayName()
                        : before.map(AddressEntry::displayName).orElse(""));
    }

    private Future<Optional<AddressEntry>> find(String address) {
        return rows.address(address).map(found -> found.filter(entry -> entry.kind() == AddressEntry.Kind.ACCOUNT));
    }

    private Account shown(AddressEntry entry) {
        Optional<UsageEntry> used = usage.get(entry.address());
        return new Account(
                entry.address(),
                entry.displayName(),
                entry.quota(),
                used.map(UsageEntry::bytes).orElse(0L),
                used.map(UsageEntry::messages).orElse(0L));
    }
}

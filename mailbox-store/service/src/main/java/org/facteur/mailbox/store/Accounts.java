package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts' numbers and the folders that mail is delivered to, remembered after the first look. */
final class Accounts {
    private static final Map<String, String> FOLDERS = folders();

    private final Pool pool;
    private final Clock clock;
    private final Map<String, Future<Account>> known = new ConcurrentHashMap<>();

    Accounts(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * An account in the store.
     *
     * @param inbox number of its INBOX
     * @param junk number of its Junk folder; the INBOX where somebody has deleted Junk
     */
    record Account(long id, String address, long inbox, long junk) {}

    /** The account of an address; it is made with its folders where it is missing. */
    Future<Account> get(String address) {
        Future<Account> there = known.get(address);
        if (there != null && !there.failed()) {
            return there;
        }
        Future<Account> looked = pool.withTransaction(connection -> ensure(connection, address));
        known.put(address, looked);
        return looked;
    }

    /** Forgets what is known of an address: its folders have changed, or the account is gone. */
    void forget(String address) {
        known.remove(address);
    }

    /** Removes an account with everything in it but bodies and what was expunged, which the collector finds. */
    Future<Void> remove(String address) {
        forget(address);
        return pool.withTransaction(connection -> find(connection, address)
                .compose(id -> id.isEmpty() ? Future.succeededFuture() : removeRows(connection, id.get())));
    }

    private static Future<Void> removeRows(SqlConnection connection, long id) {
        String[] statements = {
            // Nothing is delivered into them from here on.
            "select id from mailbox where account = $1 order by id for update",
            "delete from email where id in"
                    + " (select m.email from message m join mailbox b on b.id = m.mailbox where b.account = $1)",
            "delete from message where mailbox in (select id from mailbox where account = $1)",
            "delete from expunged where mailbox in (select id from mailbox where account = $1)",
            "delete from mailbox where account = $1",
            "delete from subscription where account = $1",
            "delete from account where id = $1"
        };
        Future<?> done = Future.succeededFuture();
        for (String statement : statements) {
            done = done.compose(before -> connection.preparedQuery(statement).execute(Tuple.of(id)));
        }
        return done.mapEmpty();
    }

    private Future<Account> ensure(SqlConnection connection, String address) {
        return find(connection, address)
                .compose(id -> id.isPresent() ? Future.succeededFuture(id.get()) : make(connection, address))
                .compose(id -> connection
                        .preparedQuery("select id, name, special_use from mailbox where account = $1")
                        .execute(Tuple.of(id))
                        .map(rows -> {
                            long inbox = 0;
                            long junk = 0;
                            for (Row row : rows) {
                                inbox = row.getString(1).equals("INBOX") ? row.getLong(0) : inbox;
                                junk = "\\Junk".equals(row.getString(2)) ? row.getLong(0) : junk;
                            }
                            return new Account(id, address, inbox, junk == 0 ? inbox : junk);
                        }));
    }

    private static Future<Optional<Long>> find(SqlConnection connection, String address) {
        return connection
                .preparedQuery("select id from account where address = $1 for update")
                .execute(Tuple.of(address))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getLong(0)));
    }

    private Future<Long> make(SqlConnection connection, String address) {
        return connection
                .preparedQuery("insert into account (address) values ($1)"
                        + " on conflict (address) do update set address = excluded.address returning id")
                .execute(Tuple.of(address))
                .map(rows -> rows.iterator().next().getLong(0))
                .compose(id -> makeFolders(connection, id).map(id));
    }

    private Future<Void> makeFolders(SqlConnection connection, long account) {
        String[] names = FOLDERS.keySet().toArray(String[]::new);
        String[] uses =
                FOLDERS.values().stream().map(use -> use.isEmpty() ? null : use).toArray(String[]::new);
        return UidValidity.next(connection, account, clock)
                .compose(uidValidity -> connection
                        .preparedQuery("insert into mailbox (account, name, special_use, uid_validity)"
                                + " select $1, name, use, $4 from unnest($2::text[], $3::text[]) as f(name, use)"
                                + " on conflict do nothing")
                        .execute(Tuple.tuple()
                                .addLong(account)
                                .addArrayOfString(names)
                                .addArrayOfString(uses)
                                .addLong(uidValidity)))
                .compose(made -> connection
                        .preparedQuery("insert into subscription (account, name) select $1, unnest($2::text[])"
                                + " on conflict do nothing")
                        .execute(Tuple.tuple().addLong(account).addArrayOfString(names)))
                .mapEmpty();
    }

    /** The folders of a new account and their attributes (RFC 6154). */
    private static Map<String, String> folders() {
        Map<String, String> folders = new HashMap<>();
        folders.put("INBOX", "");
        folders.put("Drafts", "\\Drafts");
        folders.put("Sent", "\\Sent");
        folders.put("Junk", "\\Junk");
        folders.put("Trash", "\\Trash");
        folders.put("Archive", "\\Archive");
        return Map.copyOf(folders);
    }
}

package org.facteur.admin.directory;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Topic;

/**
 * Domains, accounts and aliases in PostgreSQL. Each change and its outbox row are one transaction, so that the topics can
 * lag behind but never miss or invent a change.
 */
public final class DirectoryRows {
    private static final String ADDRESS_COLUMNS = "address, kind, password_hash, quota, display_name, targets";

    private final Pool pool;

    /** Over a pool whose search path is admin's schema. */
    public DirectoryRows(Pool pool) {
        this.pool = pool;
    }

    /** All domains by name. */
    public Future<List<DomainEntry>> domains() {
        return pool.query("select name, created_at from domain order by name")
                .execute()
                .map(rows -> list(rows, DirectoryRows::domain));
    }

    /** One domain. */
    public Future<Optional<DomainEntry>> domain(String name) {
        return pool.preparedQuery("select name, created_at from domain where name = $1")
                .execute(Tuple.of(name))
                .map(rows -> list(rows, DirectoryRows::domain).stream().findFirst());
    }

    /** Adds a domain; true when it was not there before. */
    public Future<Boolean> putDomain(String name, Instant now) {
        DomainEntry entry = new DomainEntry(name, now);
        return pool.withTransaction(connection -> connection
                .preparedQuery("insert into domain (name, created_at) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(name, OffsetDateTime.ofInstant(now, ZoneOffset.UTC)))
                .compose(inserted -> inserted.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : enqueue(connection, Topic.DOMAINS, name, Json.bytes(entry))
                                .map(true)));
    }

    /** What came of an attempt to delete. */
    public enum Deletion {
        /** It is gone. */
        DONE,
        /** There was no such entry. */
        ABSENT,
        /** Something still hangs on it. */
        IN_USE
    }

    /** Deletes a domain that has no addresses. */
    public Future<Deletion> deleteDomain(String name) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("select count(*) from address where domain = $1")
                .execute(Tuple.of(name))
                .compose(rows -> rows.iterator().next().getLong(0) > 0
                        ? Future.succeededFuture(Deletion.IN_USE)
                        : delete(connection, "delete from domain where name = $1", Topic.DOMAINS, name)));
    }

    /** Accounts or aliases, of one domain or of all (empty). */
    public Future<List<AddressEntry>> addresses(AddressEntry.Kind kind, String domain) {
        return pool.preparedQuery("select " + ADDRESS_COLUMNS
                        + " from address where kind = $1 and ($2 = '' or domain = $2) order by address")
                .execute(Tuple.of(word(kind), domain))
                .map(rows -> list(rows, DirectoryRows::address));
    }

    /** One account or alias. */
    public Future<Optional<AddressEntry>> address(String address) {
        return find(pool, address);
    }

    /** What came of an attempt to write an address. */
    public enum Put {
        /** It is new. */
        CREATED,
        /** It was there and has been changed. */
        CHANGED,
        /** Its domain is not one of ours. */
        NO_DOMAIN,
        /** The address is there as the other kind. */
        OTHER_KIND
    }

    /** Writes an account or alias as a whole. */
    public Future<Put> putAddress(AddressEntry entry) {
        String domain = entry.address().substring(entry.address().lastIndexOf('@') + 1);
        return pool.withTransaction(connection -> connection
                .preparedQuery("select 1 from domain where name = $1 for share")
                .execute(Tuple.of(domain))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(Put.NO_DOMAIN)
                        : find(connection, entry.address()).compose(before -> {
                            if (before.isPresent() && before.get().kind() != entry.kind()) {
                                return Future.succeededFuture(Put.OTHER_KIND);
                            }
                            return write(connection, entry, domain).map(before.isPresent() ? Put.CHANGED : Put.CREATED);
                        })));
    }

    /** Deletes an account or alias. */
    public Future<Deletion> deleteAddress(String address, AddressEntry.Kind kind) {
        return pool.withTransaction(connection -> find(connection, address)
                .compose(found -> found.filter(entry -> entry.kind() == kind).isEmpty()
                        ? Future.succeededFuture(Deletion.ABSENT)
                        : delete(connection, "delete from address where address = $1", Topic.ADDRESSES, address)));
    }

    private static Future<Void> write(SqlConnection connection, AddressEntry entry, String domain) {
        return connection
                .preparedQuery(
                        "insert into address (" + ADDRESS_COLUMNS + ", domain) values ($1, $2, $3, $4, $5, $6, $7)"
                                + " on conflict (address) do update set password_hash = excluded.password_hash,"
                                + " quota = excluded.quota, display_name = excluded.display_name, targets = excluded.targets")
                .execute(Tuple.tuple()
                        .addString(entry.address())
                        .addString(word(entry.kind()))
                        .addString(entry.passwordHash())
                        .addLong(entry.quota())
                        .addString(entry.displayName())
                        .addArrayOfString(entry.targets().toArray(String[]::new))
                        .addString(domain))
                .compose(written -> enqueue(connection, Topic.ADDRESSES, entry.address(), Json.bytes(entry)));
    }

    private static Future<Deletion> delete(SqlConnection connection, String sql, Topic topic, String key) {
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(key))
                .compose(deleted -> deleted.rowCount() == 0
                        ? Future.succeededFuture(Deletion.ABSENT)
                        : enqueue(connection, topic, key, null).map(Deletion.DONE));
    }

    private static Future<Void> enqueue(SqlConnection connection, Topic topic, String key, byte[] value) {
        return connection
                .preparedQuery("insert into outbox (topic, key, value) values ($1, $2, $3)")
                .execute(Tuple.of(topic.topicName(), key, value == null ? null : Buffer.buffer(value)))
                .mapEmpty();
    }

    private static Future<Optional<AddressEntry>> find(SqlClient client, String address) {
        return client.preparedQuery("select " + ADDRESS_COLUMNS + " from address where address = $1")
                .execute(Tuple.of(address))
                .map(rows -> list(rows, DirectoryRows::address).stream().findFirst());
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    private static DomainEntry domain(Row row) {
        return new DomainEntry(row.getString(0), row.getOffsetDateTime(1).toInstant());
    }

    private static AddressEntry address(Row row) {
        return new AddressEntry(
                row.getString(0),
                AddressEntry.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                List.of(row.getArrayOfStrings(5)));
    }

    private static String word(AddressEntry.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

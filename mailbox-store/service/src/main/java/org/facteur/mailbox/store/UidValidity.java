package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;

/**
 * UIDVALIDITY of a new mailbox (RFC 9051 section 2.3.1.1): seconds since 1970, but always more than the account's last, so that
 * a mailbox made again under an old name has a larger one, even within the same second.
 */
public final class UidValidity {
    private UidValidity() {}

    /** For mailboxes that are made now, within a transaction. */
    public static Future<Long> next(SqlConnection connection, long account, Clock clock) {
        return connection
                .preparedQuery("update account set uid_validity = greatest(uid_validity + 1, $2) where id = $1"
                        + " returning uid_validity")
                .execute(Tuple.of(account, clock.instant().getEpochSecond()))
                .map(rows -> rows.iterator().next().getLong(0));
    }
}

package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** Numbers of emails, fetched from the database's sequence by blocks of a thousand. On one Vert.x context. */
final class EmailIds {
    private static final int BLOCK = 1000;

    private final Pool pool;
    private long next;
    private long end;

    EmailIds(Pool pool) {
        this.pool = pool;
    }

    /** The first of {@code count} numbers in a row; what is left of a block that is too small is skipped. */
    Future<Long> take(int count) {
        if (count > BLOCK) {
            return Future.failedFuture(new IllegalArgumentException("more than a block: " + count));
        }
        if (next + count <= end) {
            long first = next;
            next += count;
            return Future.succeededFuture(first);
        }
        return pool.query("select nextval('email_id')").execute().compose(rows -> {
            next = rows.iterator().next().getLong(0);
            end = next + BLOCK;
            return take(count);
        });
    }
}

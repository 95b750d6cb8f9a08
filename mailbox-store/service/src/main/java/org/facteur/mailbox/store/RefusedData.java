package org.facteur.mailbox.store;

import io.vertx.pgclient.PgException;

/**
 * Tells data that the database will never take (SQLSTATE class 22, such as a NUL in a text) from a database that is down: the
 * first can never succeed, the second is tried again.
 */
final class RefusedData {
    private static final String DATA_EXCEPTION = "22";

    private RefusedData() {}

    static boolean is(Throwable cause) {
        return cause instanceof PgException failure
                && failure.getSqlState() != null
                && failure.getSqlState().startsWith(DATA_EXCEPTION);
    }
}

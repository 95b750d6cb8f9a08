package org.facteur.mailbox.store;

import io.vertx.pgclient.PgException;
import java.time.DateTimeException;
import java.util.Set;

/**
 * Tells data that the database will never take from a database that is down: the first can never succeed, the second is tried
 * again. Never taken is what breaks a type (SQLSTATE class 22, such as a NUL in a text), a constraint (23) or a limit (54, such
 * as a name too long for an index), and a moment out of range.
 */
final class RefusedData {
    private static final Set<String> CLASSES = Set.of("22", "23", "54");
    private static final String UNIQUE_VIOLATION = "23505";

    private RefusedData() {}

    static boolean is(Throwable cause) {
        return cause instanceof PgException failure
                ? failure.getSqlState() != null
                        && failure.getSqlState().length() == 5
                        && CLASSES.contains(failure.getSqlState().substring(0, 2))
                : cause instanceof DateTimeException || cause instanceof ArithmeticException;
    }

    /** Whether a mailbox would have had the name of another. */
    static boolean isNameTaken(Throwable cause) {
        return cause instanceof PgException failure
                && UNIQUE_VIOLATION.equals(failure.getSqlState())
                && "mailbox".equals(failure.getTable());
    }
}

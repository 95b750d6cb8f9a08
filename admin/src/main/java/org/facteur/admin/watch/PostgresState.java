package org.facteur.admin.watch;

import java.util.Map;

/**
 * What was read of PostgreSQL at one time, of our database only.
 *
 * @param octets the database on the disk
 * @param commits since the server's statistics began, like the other counts
 * @param hits blocks that were found in PostgreSQL's own cache
 * @param reads blocks that were not
 * @param connections by state; that of another role's, if it may not be seen, is {@code other}
 * @param oldestTransaction seconds that the oldest transaction has been open; 0 when none is
 */
record PostgresState(
        long octets,
        long commits,
        long rollbacks,
        long deadlocks,
        long hits,
        long reads,
        Map<String, Long> connections,
        double oldestTransaction) {}

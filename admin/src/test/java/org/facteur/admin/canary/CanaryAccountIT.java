package org.facteur.admin.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.facteur.admin.canary.CanaryAccount.State;
import org.facteur.admin.directory.DirectoryRows;
import org.facteur.admin.directory.Outbox;
import org.facteur.backends.Database;
import org.facteur.backends.TestBackends;
import org.facteur.mail.record.AddressEntry;
import org.facteur.platform.kafka.RecordingProducer;
import org.facteur.platform.security.Passwords;
import org.facteur.platform.sql.Migrations;
import org.facteur.platform.sql.PgPools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CanaryAccountIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static Pool pool;
    private static DirectoryRows rows;

    @BeforeAll
    static void migrate() throws TimeoutException {
        Database database = TestBackends.freshDatabase();
        done(Migrations.run(VERTX, database.uri(), "admin", "org/facteur/admin/migrations"));
        pool = PgPools.create(VERTX, database.uri(), "test", 2, "admin");
        rows = new DirectoryRows(pool);
        done(rows.putDomain("here.test", Instant.EPOCH));
    }

    @AfterAll
    static void close() throws TimeoutException {
        done(pool.close());
        done(VERTX.close());
    }

    private static CanaryAccount account(String address) {
        return new CanaryAccount(address, rows, new Outbox(VERTX, pool, new RecordingProducer()), new Passwords(VERTX));
    }

    @Test
    void isMadeOnceAndAgainWhenItIsGone() throws TimeoutException {
        CanaryAccount account = account("canary@here.test");
        assertThat(done(account.ensure())).isEqualTo(State.WRITTEN);
        assertThat(done(account.ensure())).isEqualTo(State.READY);
        AddressEntry written = done(rows.address("canary@here.test")).orElseThrow();
        assertThat(done(new Passwords(VERTX).verify(account.password(), written.passwordHash())))
                .isTrue();
        done(rows.deleteAddress("canary@here.test", AddressEntry.Kind.ACCOUNT));
        assertThat(done(account.ensure())).isEqualTo(State.WRITTEN);
        // Another start has another password.
        CanaryAccount next = account("canary@here.test");
        assertThat(next.password()).isNotEqualTo(account.password());
        assertThat(done(next.ensure())).isEqualTo(State.WRITTEN);
    }

    @Test
    void waitsForItsDomain() throws TimeoutException {
        assertThat(done(account("canary@elsewhere.test").ensure())).isEqualTo(State.NO_DOMAIN);
    }

    @Test
    void leavesWhatIsSomebodysAlone() throws TimeoutException {
        AddressEntry alice = AddressEntry.account("alice@here.test", "a hash", 0, "Alice");
        AddressEntry alias = AddressEntry.alias("info@here.test", List.of("alice@here.test"));
        for (AddressEntry entry : List.of(alice, alias)) {
            done(rows.putAddress(entry));
            assertThat(done(account(entry.address()).ensure())).isEqualTo(State.TAKEN);
            assertThat(done(rows.address(entry.address()))).contains(entry);
        }
    }

    private static <T> T done(Future<T> future) throws TimeoutException {
        return future.await(60, TimeUnit.SECONDS);
    }
}

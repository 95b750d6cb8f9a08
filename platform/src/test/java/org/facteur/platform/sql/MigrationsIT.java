package org.facteur.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;
import org.facteur.backends.Database;
import org.facteur.backends.TestBackends;
import org.facteur.platform.config.SettingException;
import org.junit.jupiter.api.Test;

class MigrationsIT {
    private static final String LOCATION = "org/facteur/platform/sql/migrations";

    @Test
    void aSchemaIsMadeOnceAndThePoolLooksThere() throws Exception {
        Database database = TestBackends.freshDatabase();
        Vertx vertx = Vertx.vertx();
        Future.all(
                        Migrations.run(vertx, database.uri(), "notes", LOCATION),
                        Migrations.run(vertx, database.uri(), "notes", LOCATION))
                .await(30, TimeUnit.SECONDS);
        Pool pool = PgPools.create(vertx, database.uri(), "notes-test", 2, "notes");
        var row = pool.query("insert into note values (1, 'one')")
                .execute()
                .compose(inserted -> pool.preparedQuery(
                                "select count(*), current_setting('application_name')" + " from notes.note")
                        .execute())
                .await(30, TimeUnit.SECONDS)
                .iterator()
                .next();
        assertThat(row.getLong(0)).isEqualTo(1);
        assertThat(row.getString(1)).isEqualTo("notes-test");
        pool.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void whatIsNoUriIsAWrongSetting() {
        assertThatThrownBy(() -> PgPools.options("mysql://x")).isInstanceOf(SettingException.class);
        assertThat(Migrations.jdbcUrl(PgPools.options("postgresql://u:p@db:5433/mail?sslmode=require")))
                .isEqualTo("jdbc:postgresql://db:5433/mail?sslmode=require");
    }
}

package org.facteur.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.UsageEntry;
import org.facteur.platform.ManualClock;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.directory.MapTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-ins and the hashes behind them. */
class AuthenticatorTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Passwords PASSWORDS = new Passwords(VERTX);
    private static final String HASH = done(PASSWORDS.hash("correct horse"));

    private final ManualClock clock = new ManualClock();
    private final MapTable<AddressEntry> addresses = new MapTable<>();
    private final Authenticator authenticator = new Authenticator(
            VERTX,
            new Directory(
                    new MapTable<DomainEntry>().put("here.test", new DomainEntry("here.test", Instant.EPOCH)),
                    addresses,
                    new MapTable<UsageEntry>()),
            clock);

    AuthenticatorTest() {
        addresses.put("alice@here.test", AddressEntry.account("alice@here.test", HASH, 0, ""));
        addresses.put("nologin@here.test", AddressEntry.account("nologin@here.test", "", 0, ""));
    }

    @AfterAll
    static void stop() {
        done(VERTX.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@here.test", " Alice@HERE.test "})
    void theRightPassword(String name) {
        Authenticator.Login login = login(name, "correct horse");
        assertThat(login).isEqualTo(new Authenticator.Login(Authenticator.Result.OK, "alice@here.test"));
        assertThat(login(name, "correct horse").result()).as("remembered").isEqualTo(Authenticator.Result.OK);
    }

    @Test
    void refusals() {
        assertThat(login("alice@here.test", "wrong").result()).isEqualTo(Authenticator.Result.REFUSED);
        assertThat(login("alice@here.test", "").result()).isEqualTo(Authenticator.Result.REFUSED);
        assertThat(login("nobody@here.test", "correct horse").result()).isEqualTo(Authenticator.Result.REFUSED);
    }

    @Test
    void anAccountWithoutAHashHasNoPassword() {
        assertThat(login("nologin@here.test", "").result()).isEqualTo(Authenticator.Result.REFUSED);
    }

    @Test
    void aNewPasswordForgetsTheOldOne() {
        login("alice@here.test", "correct horse");
        addresses.put(
                "alice@here.test",
                AddressEntry.account("alice@here.test", done(PASSWORDS.hash("battery staple")), 0, ""));
        assertThat(login("alice@here.test", "correct horse").result()).isEqualTo(Authenticator.Result.REFUSED);
        assertThat(login("alice@here.test", "battery staple").result()).isEqualTo(Authenticator.Result.OK);
    }

    @Test
    void manyGuessesAtOnceWaitForTheFewThreadsOrAreSentAway() {
        List<Future<Authenticator.Login>> guesses = new ArrayList<>();
        for (int i = 0; i < 220; i++) {
            guesses.add(authenticator.login("guess" + i + "@here.test", "x", "192.0.2." + i));
        }
        assertThat(guesses.stream().filter(Future::isComplete).map(guess -> guess.result()
                        .result()))
                .containsOnly(Authenticator.Result.UNAVAILABLE)
                .hasSizeGreaterThan(10);
        done(Future.join(guesses));
        assertThat(guesses.get(0).result().result()).isEqualTo(Authenticator.Result.REFUSED);
    }

    @Test
    void aLockEndsByItself() {
        LoginGuard guard = new LoginGuard(clock);
        for (int i = 0; i < 20; i++) {
            guard.failed("192.0.2.9", "x");
        }
        assertThat(guard.isLocked("192.0.2.9", "alice@here.test")).isTrue();
        clock.advance(Duration.ofHours(1));
        assertThat(guard.isLocked("192.0.2.9", "alice@here.test")).isFalse();
    }

    @Test
    void hashesAreSaltedArgon2id() {
        assertThat(HASH).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(done(PASSWORDS.hash("correct horse"))).isNotEqualTo(HASH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "correct horse",
                "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
                "$argon2id$v=19$m=19456,t=0,p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=2,p=1$A$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void aHashOfAnotherFormMatchesNothing(String stored) {
        assertThat(done(PASSWORDS.verify("correct horse", stored))).isFalse();
    }

    private Authenticator.Login login(String name, String password) {
        return done(authenticator.login(name, password, "192.0.2.1"));
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.await(120, TimeUnit.SECONDS); // two hundred hashes on a busy machine
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}

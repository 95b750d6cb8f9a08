package org.facteur.platform.security;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.mail.record.AddressEntry;
import org.facteur.platform.directory.Directory;

/** Checks a name and a password against the directory, for SMTP, IMAP and POP3 alike. */
public final class Authenticator {
    /** Passwords to check at once; each takes tens of milliseconds. */
    private static final int MOST_WAITING = 200;

    private final Vertx vertx;
    private final Directory directory;
    private final Passwords passwords;
    private final LoginGuard guard;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Over a directory; failures are counted with the time of {@code clock}. */
    public Authenticator(Vertx vertx, Directory directory, Clock clock) {
        this.vertx = vertx;
        this.directory = directory;
        this.passwords = new Passwords(vertx);
        this.guard = new LoginGuard(clock);
    }

    /** What came of a log-in. */
    public enum Result {
        /** Name and password are right. */
        OK,
        /** They are not; which of the two is nobody's business. */
        REFUSED,
        /** Too many failures from this address or for this account: refused without a look. */
        LOCKED,
        /** The directory has not been read yet, or too many log-ins wait to be checked. */
        UNAVAILABLE
    }

    /**
     * A log-in.
     *
     * @param account the account's address; empty unless the result is OK
     */
    public record Login(Result result, String account) {}

    /** Checks a name (the account's address) and a password; a failure is answered late on purpose. */
    public Future<Login> login(String name, String password, String clientAddress) {
        if (!directory.isReady()) {
            return Future.succeededFuture(new Login(Result.UNAVAILABLE, ""));
        }
        String account = name.strip().toLowerCase(Locale.ROOT);
        if (guard.isLocked(clientAddress, account)) {
            return Future.succeededFuture(new Login(Result.LOCKED, ""));
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Future.succeededFuture(new Login(Result.UNAVAILABLE, ""));
        }
        Optional<AddressEntry> entry = directory.account(account);
        Future<Boolean> right = entry.map(found -> passwords.verify(password, found.passwordHash()))
                .orElseGet(() -> passwords.verifyNone(password))
                .onComplete(checked -> waiting.decrementAndGet());
        return right.compose(matched -> {
            if (matched) {
                guard.succeeded(account);
                return Future.succeededFuture(
                        new Login(Result.OK, entry.orElseThrow().address()));
            }
            return later(guard.failed(clientAddress, account), new Login(Result.REFUSED, ""));
        });
    }

    private Future<Login> later(Duration delay, Login login) {
        if (delay.isZero()) {
            return Future.succeededFuture(login);
        }
        Promise<Login> promise = Promise.promise();
        vertx.setTimer(delay.toMillis(), timer -> promise.complete(login));
        return promise.future();
    }
}

package org.facteur.admin.canary;

import io.vertx.core.Future;
import java.util.Optional;
import org.facteur.admin.directory.DirectoryRows;
import org.facteur.admin.directory.Outbox;
import org.facteur.mail.record.AddressEntry;
import org.facteur.platform.security.Passwords;

/**
 * The canary's account in the directory. Its password is a new one at each start and known to this process alone. An account
 * that somebody else has made is never touched: the display name tells it apart.
 */
final class CanaryAccount {
    /** Display name of the account, by which it is known as the canary's. */
    static final String DISPLAY_NAME = "Facteur canary";

    /** Bounds what strangers can leave in the mailbox between two round trips. */
    private static final long QUOTA = 16L << 20;

    private final String address;
    private final String password = Passwords.random();
    private final DirectoryRows rows;
    private final Outbox outbox;
    private final Passwords passwords;
    private Future<String> hash;

    CanaryAccount(String address, DirectoryRows rows, Outbox outbox, Passwords passwords) {
        this.address = address;
        this.rows = rows;
        this.outbox = outbox;
        this.passwords = passwords;
    }

    /** What the directory has. */
    enum State {
        /** The account, with our password. */
        READY,
        /** The account as it has just been written; the services will know of it in a moment. */
        WRITTEN,
        /** Not even its domain. */
        NO_DOMAIN,
        /** The address of somebody else. */
        TAKEN
    }

    String address() {
        return address;
    }

    String password() {
        return password;
    }

    /** Writes the account where it is missing or has another password; fails when the database does. */
    Future<State> ensure() {
        if (hash == null || hash.failed()) {
            hash = passwords.hash(password);
        }
        return hash.compose(text -> rows.address(address).compose(found -> ensure(text, found)));
    }

    private Future<State> ensure(String text, Optional<AddressEntry> found) {
        AddressEntry wanted = AddressEntry.account(address, text, QUOTA, DISPLAY_NAME);
        if (found.filter(wanted::equals).isPresent()) {
            return Future.succeededFuture(State.READY);
        }
        if (found.isPresent() && !isOurs(found.get())) {
            return Future.succeededFuture(State.TAKEN);
        }
        return rows.putAddress(wanted).map(put -> switch (put) {
            case NO_DOMAIN -> State.NO_DOMAIN;
            case OTHER_KIND -> State.TAKEN;
            case CREATED, CHANGED -> {
                outbox.wake();
                yield State.WRITTEN;
            }
        });
    }

    private static boolean isOurs(AddressEntry entry) {
        return entry.kind() == AddressEntry.Kind.ACCOUNT && entry.displayName().equals(DISPLAY_NAME);
    }
}

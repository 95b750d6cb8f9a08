package org.facteur.imap.session;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Set;
import org.facteur.imap.syntax.MailboxNames;
import org.facteur.imap.syntax.Wire;
import org.facteur.platform.net.Connection;

/**
 * Who the client of one connection is, what it has selected and switched on; what commands work with.
 *
 * <p>Invariants: everything happens on the connection's event loop; at most one command runs at a time; untagged responses
 * about the selected mailbox are written by {@link #advance} alone, and only at points that the protocol allows.
 */
public final class ImapSession {
    private final Connection connection;
    private final ImapServices services;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private State state = new State.NotAuthenticated();
    private Runnable whenClosed = () -> {};
    private String tag = "*";

    /** A client that has just connected. */
    public ImapSession(Connection connection, ImapServices services) {
        this.connection = connection;
        this.services = services;
    }

    /** Its socket. */
    public Connection connection() {
        return connection;
    }

    /** What all sessions share. */
    public ImapServices services() {
        return services;
    }

    /** Where it stands. */
    public State state() {
        return state;
    }

    /** The account; only after login. */
    public String account() {
        if (state instanceof State.Selected selected) {
            return selected.account();
        }
        if (state instanceof State.Authenticated authenticated) {
            return authenticated.account();
        }
        throw new IllegalStateException("nobody has logged in");
    }

    /** The selected mailbox; only in that state. */
    public SelectedMailbox selected() {
        if (state instanceof State.Selected selected) {
            return selected.mailbox();
        }
        throw new IllegalStateException("no mailbox is selected");
    }

    /** Somebody has logged in. */
    public void authenticated(String account) {
        state = new State.Authenticated(account);
    }

    /** Selects a mailbox in place of the one before. */
    public void select(SelectedMailbox mailbox) {
        String account = account();
        unselect();
        state = new State.Selected(account, mailbox);
    }

    /** No mailbox is selected any more. */
    public void unselect() {
        if (state instanceof State.Selected selected) {
            services.views().release(selected.mailbox().view());
            state = new State.Authenticated(selected.account());
        }
    }

    /** The tag of the running command. */
    public String tag() {
        return tag;
    }

    /** A command begins. */
    void begin(String commandTag) {
        tag = commandTag;
    }

    /** What the running command wants done if the connection closes first; the one before is forgotten. */
    public void whenClosed(Runnable action) {
        whenClosed = action;
    }

    /** The connection is gone. */
    void closed() {
        whenClosed.run();
        unselect();
    }

    /** Switches a feature on. */
    public void enable(Feature feature) {
        features.add(feature);
    }

    /** Whether a feature is on. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** How mailbox names stand on the wire. */
    public MailboxNames names() {
        return has(Feature.IMAP4REV2) ? MailboxNames.UTF8 : MailboxNames.MODIFIED_UTF7;
    }

    /** Whether a password may be sent: over TLS, or from this very machine. */
    public boolean mayLogIn() {
        InetAddress client = connection.remoteAddress().getAddress();
        return connection.isSecure() || client != null && client.isLoopbackAddress();
    }

    /** Writes untagged responses; complete when the client has room for more. */
    public Future<Void> write(Wire wire) {
        return wire.length() == 0 ? Future.succeededFuture() : connection.write(wire.buffer());
    }

    /** Writes one untagged response, without its star and line end. */
    public Future<Void> untagged(String response) {
        return write(new Wire().text("* ").text(response).crlf());
    }

    /** Tells the client what has happened in its mailbox. */
    public Future<Void> advance(boolean mayExpunge) {
        return state instanceof State.Selected selected
                ? write(selected.mailbox().advance(mayExpunge, has(Feature.CONDSTORE)))
                : Future.succeededFuture();
    }
}

package org.facteur.imap;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.facteur.imap.command.ImapCommands;
import org.facteur.imap.session.CommandLoop;
import org.facteur.imap.session.ImapServices;
import org.facteur.platform.net.ConnectionCounts;
import org.facteur.platform.net.ConnectionLimits;
import org.facteur.platform.net.LineEnds;
import org.facteur.platform.net.LineServer;
import org.facteur.platform.net.ListenerSettings;
import org.facteur.platform.net.NetSettings;
import org.facteur.platform.net.TlsIdentity;
import org.facteur.platform.net.TlsMode;

/** The two listeners, imap and imaps, over the same services. */
public final class ImapServer {
    private static final int MAX_LINE = 65_536;
    private static final int CONNECTIONS = 20_000;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final ImapServices services;
    private final LineServer imap;
    private final LineServer imaps;

    /** Listeners that do not listen yet. */
    public ImapServer(
            ImapServices services, ImapSettings settings, NetSettings net, String bind, TlsIdentity identity) {
        this.services = services;
        this.imap = server(listener("imap", bind, settings.port(), TlsMode.STARTTLS, net), identity);
        this.imaps = server(listener("imaps", bind, settings.tlsPort(), TlsMode.IMPLICIT, net), identity);
    }

    /** Binds both; the ports, imap first. */
    public Future<List<Integer>> listen() {
        return imap.listen().compose(port -> imaps.listen().map(tlsPort -> List.of(port, tlsPort)));
    }

    /** Stops listening; sessions are told BYE between two commands. */
    public Future<Void> close() {
        return Future.all(imap.close(DRAIN), imaps.close(DRAIN)).mapEmpty();
    }

    private LineServer server(ListenerSettings listener, TlsIdentity identity) {
        return new LineServer(
                services.vertx(),
                listener,
                Optional.of(identity),
                new ConnectionCounts(),
                connection -> new CommandLoop(connection, services, ImapCommands.TABLE));
    }

    private ListenerSettings listener(String name, String bind, int port, TlsMode tls, NetSettings net) {
        ConnectionLimits limits = ConnectionLimits.DEFAULT
                .withConnections(CONNECTIONS, net.connectionsPerAddress())
                .withTimeouts(services.limits().beforeLogin(), Duration.ofDays(7))
                .withLineLength(MAX_LINE);
        return ListenerSettings.of(name, bind, port, tls, LineEnds.CRLF_OR_LF)
                .withLimits(limits)
                .withProxyFrom(net.proxiesFor(name))
                .withRefusal("* BYE too many connections");
    }
}

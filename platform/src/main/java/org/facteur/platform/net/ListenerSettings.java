package org.facteur.platform.net;

import java.util.List;

/**
 * One listening socket.
 *
 * @param name for logs, metrics and FACTEUR_PROXY_ON, such as {@code smtp} or {@code imaps}
 * @param host address to bind
 * @param port port to bind; 0 picks a free one, the same for all instances of one verticle
 * @param tls when TLS begins
 * @param lineEnds what ends a line
 * @param limits what is granted
 * @param proxyFrom networks whose connections must begin with a PROXY protocol header; from others one is never
 *     accepted
 * @param refusal what a client in the clear reads when there are too many connections, such as {@code 421 4.7.0 …}
 *     without its line end; empty for nothing
 */
public record ListenerSettings(
        String name,
        String host,
        int port,
        TlsMode tls,
        LineEnds lineEnds,
        ConnectionLimits limits,
        List<Cidr> proxyFrom,
        String refusal) {

    /** Copies the list. */
    public ListenerSettings {
        proxyFrom = List.copyOf(proxyFrom);
    }

    /** A listener with default limits, no proxies and no words of refusal. */
    public static ListenerSettings of(String name, String host, int port, TlsMode tls, LineEnds lineEnds) {
        return new ListenerSettings(name, host, port, tls, lineEnds, ConnectionLimits.DEFAULT, List.of(), "");
    }

    /** The same with other limits. */
    public ListenerSettings withLimits(ConnectionLimits other) {
        return new ListenerSettings(name, host, port, tls, lineEnds, other, proxyFrom, refusal);
    }

    /** The same behind proxies. */
    public ListenerSettings withProxyFrom(List<Cidr> networks) {
        return new ListenerSettings(name, host, port, tls, lineEnds, limits, networks, refusal);
    }

    /** The same with words for those who cannot be served. */
    public ListenerSettings withRefusal(String words) {
        return new ListenerSettings(name, host, port, tls, lineEnds, limits, proxyFrom, words);
    }
}

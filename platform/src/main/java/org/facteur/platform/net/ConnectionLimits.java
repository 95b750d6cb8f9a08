package org.facteur.platform.net;

import java.time.Duration;

/**
 * What one listener grants.
 *
 * @param connections open at once, in all
 * @param connectionsPerAddress open at once from one address (an IPv6 /64 counts as one)
 * @param idle how long a client may be silent; a session may change it for itself
 * @param session how long a connection may last in all
 * @param lineLength octets of a line without its end
 */
public record ConnectionLimits(
        int connections, int connectionsPerAddress, Duration idle, Duration session, int lineLength) {

    /** 10,000 connections, 100 from an address, five minutes of silence, a day in all, lines of 8,190 octets. */
    public static final ConnectionLimits DEFAULT =
            new ConnectionLimits(10_000, 100, Duration.ofMinutes(5), Duration.ofDays(1), 8_190);

    /** The same with other numbers of connections. */
    public ConnectionLimits withConnections(int total, int perAddress) {
        return new ConnectionLimits(total, perAddress, idle, session, lineLength);
    }

    /** The same with other times. */
    public ConnectionLimits withTimeouts(Duration idle, Duration session) {
        return new ConnectionLimits(connections, connectionsPerAddress, idle, session, lineLength);
    }

    /** The same with another line length. */
    public ConnectionLimits withLineLength(int octets) {
        return new ConnectionLimits(connections, connectionsPerAddress, idle, session, octets);
    }
}

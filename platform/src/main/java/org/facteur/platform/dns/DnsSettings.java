package org.facteur.platform.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Whom to ask and how long to wait.
 *
 * @param servers recursive resolvers (FACTEUR_DNS), asked in turn; none means the system's
 * @param timeout of one question to one server
 * @param attempts rounds over the servers
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration timeout, int attempts) {

    /** Copies the list. */
    public DnsSettings {
        servers = List.copyOf(servers);
    }

    /** These servers, two seconds a question, two rounds. */
    public static DnsSettings of(List<InetSocketAddress> servers) {
        return new DnsSettings(servers, Duration.ofSeconds(2), 2);
    }
}

package org.facteur.verifier.client;

import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsAnswer;

/** Does a name of the address lead back to it (RFC 8601 section 3)? The first 10 names are asked for at once. */
public final class Iprev {
    private static final int MOST_NAMES = 10;

    private record Candidate(String name, Future<DnsAnswer<InetAddress>> addresses) {}

    private final Dns dns;

    /** A checker on that DNS. */
    public Iprev(Dns dns) {
        this.dns = dns;
    }

    /** Checks an address of either family. The future never fails. */
    public Future<IprevResult> check(InetAddress client) {
        return dns.ptr(client).compose(answer -> switch (answer.status()) {
            case TEMPORARY_FAILURE -> done(IprevResult.Status.TEMPERROR, "");
            case FOUND ->
                confirm(
                        client,
                        answer.records().stream()
                                .limit(MOST_NAMES)
                                .map(name -> new Candidate(name, addresses(client, name)))
                                .toList(),
                        0,
                        false);
            default -> done(IprevResult.Status.PERMERROR, "");
        });
    }

    private Future<IprevResult> confirm(InetAddress client, List<Candidate> names, int index, boolean trouble) {
        if (index == names.size()) {
            return trouble
                    ? done(IprevResult.Status.TEMPERROR, "")
                    : done(IprevResult.Status.FAIL, names.get(0).name());
        }
        Candidate candidate = names.get(index);
        return candidate
                .addresses()
                .compose(answer -> answer.records().contains(client)
                        ? done(IprevResult.Status.PASS, candidate.name())
                        : confirm(client, names, index + 1, trouble || answer.isTemporaryFailure()));
    }

    private Future<DnsAnswer<InetAddress>> addresses(InetAddress client, String name) {
        return client instanceof Inet4Address
                ? dns.a(name).map(answer -> answer.map(address -> address))
                : dns.aaaa(name).map(answer -> answer.map(address -> address));
    }

    private static Future<IprevResult> done(IprevResult.Status status, String name) {
        return Future.succeededFuture(new IprevResult(status, name));
    }
}

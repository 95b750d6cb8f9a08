package org.facteur.verifier.client;

import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.ReverseName;
import org.facteur.verifier.ClientAddress;

/** Asks blocklists about an address (RFC 5782), all at once. */
public final class Dnsbl {
    private final Dns dns;
    private final List<DnsblZone> zones;

    /** Asks these lists. */
    public Dnsbl(Dns dns, List<DnsblZone> zones) {
        this.dns = dns;
        this.zones = zones;
    }

    /** One result per list; none for addresses that no public list can know. The future never fails. */
    public Future<List<DnsblResult>> check(InetAddress client) {
        if (!ClientAddress.isPublic(client)) {
            return Future.succeededFuture(List.of());
        }
        String labels = ReverseName.labels(client);
        List<Future<DnsblResult>> results =
                zones.stream().map(zone -> ask(zone, labels)).toList();
        return Future.join(results)
                .map(all -> results.stream().map(Future::result).toList());
    }

    private Future<DnsblResult> ask(DnsblZone zone, String labels) {
        String name = labels + "." + zone.name();
        return dns.a(name).compose(answer -> {
            Optional<Inet4Address> code =
                    answer.records().stream().filter(zone::lists).findFirst();
            if (code.isPresent()) {
                return listed(zone, name, code.get());
            }
            DnsblResult.Status status =
                    answer.isTemporaryFailure() ? DnsblResult.Status.TEMPERROR : DnsblResult.Status.PASS;
            return Future.succeededFuture(new DnsblResult(status, zone.name(), "", ""));
        });
    }

    private Future<DnsblResult> listed(DnsblZone zone, String name, Inet4Address code) {
        return dns.txt(name)
                .map(answer -> new DnsblResult(
                        DnsblResult.Status.FAIL,
                        zone.name(),
                        code.getHostAddress(),
                        answer.records().stream().findFirst().orElse("")));
    }
}

package org.facteur.verifier.client;

import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsAnswer;
import org.facteur.platform.dns.ReverseName;
import org.facteur.verifier.ClientAddress;
import org.facteur.verifier.client.DnsblZone.Meaning;

/**
 * Asks blocklists about an address (RFC 5782), all at once. A list that refuses the question, or that has come to list
 * everything, says nothing about anybody.
 */
public final class Dnsbl {
    /** What no list may hold (section 5): 127.0.0.1, and for IPv6 the same mapped. */
    private static final String NEVER_LISTED_4 = "1.0.0.127";

    private static final String NEVER_LISTED_6 = "1.0.0.0.0.0.f.7.f.f.f.f" + ".0".repeat(20);

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
        String never = client instanceof Inet4Address ? NEVER_LISTED_4 : NEVER_LISTED_6;
        List<Future<DnsblResult>> results =
                zones.stream().map(zone -> ask(zone, labels, never)).toList();
        return Future.join(results)
                .map(all -> results.stream().map(Future::result).toList());
    }

    private Future<DnsblResult> ask(DnsblZone zone, String labels, String never) {
        String name = labels + "." + zone.name();
        return dns.a(name).compose(answer -> {
            Optional<Inet4Address> listing = first(answer, zone, Meaning.LISTED);
            if (listing.isPresent()) {
                return listed(zone, name, listing.get(), never);
            }
            Optional<Inet4Address> refusal = first(answer, zone, Meaning.REFUSED);
            return Future.succeededFuture(
                    refusal.isPresent() || answer.isTemporaryFailure()
                            ? error(zone, refusal)
                            : new DnsblResult(DnsblResult.Status.PASS, zone.name(), "", ""));
        });
    }

    private Future<DnsblResult> listed(DnsblZone zone, String name, Inet4Address code, String never) {
        Future<DnsAnswer<String>> text = dns.txt(name);
        return dns.a(never + "." + zone.name())
                .compose(test -> first(test, zone, Meaning.LISTED).isPresent()
                        ? Future.succeededFuture(error(zone, Optional.of(code)))
                        : text.map(answer -> new DnsblResult(
                                DnsblResult.Status.FAIL,
                                zone.name(),
                                code.getHostAddress(),
                                answer.records().stream().findFirst().orElse(""))));
    }

    private static Optional<Inet4Address> first(DnsAnswer<Inet4Address> answer, DnsblZone zone, Meaning meaning) {
        return answer.records().stream()
                .filter(code -> zone.meaning(code) == meaning)
                .findFirst();
    }

    private static DnsblResult error(DnsblZone zone, Optional<Inet4Address> code) {
        return new DnsblResult(
                DnsblResult.Status.TEMPERROR,
                zone.name(),
                code.map(Inet4Address::getHostAddress).orElse(""),
                "");
    }
}

package org.facteur.verifier.spf;

import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsAnswer;
import org.facteur.platform.dns.MxRecord;

/** The questions of one check, counted against the limits of RFC 7208 section 4.6.4. */
final class SpfLookups {
    private static final int MOST_TERMS = 10;
    private static final int MOST_VOID = 2;
    private static final int MOST_NAMES = 10;

    /** A host whose addresses have been asked for. */
    record Host(String name, Future<DnsAnswer<InetAddress>> addresses) {}

    private final Dns dns;
    private final InetAddress client;
    private int terms;
    private int voids;
    private Optional<Future<List<String>>> validated = Optional.empty();

    SpfLookups(Dns dns, InetAddress client) {
        this.dns = dns;
        this.client = client;
    }

    /** Counts a term that asks DNS; fails beyond the limit. */
    Future<Void> countTerm() {
        return ++terms > MOST_TERMS
                ? Future.failedFuture(SpfException.permanent("more than 10 terms that ask DNS"))
                : Future.succeededFuture();
    }

    /** The SPF record of a domain, or empty where it has none. */
    Future<Optional<SpfRecord>> record(String domain) {
        return dns.txt(domain).compose(answer -> {
            if (answer.isTemporaryFailure()) {
                return Future.failedFuture(SpfException.temporary("no answer for " + domain));
            }
            List<String> records =
                    answer.records().stream().filter(SpfRecord::isRecord).toList();
            if (records.size() > 1) {
                return Future.failedFuture(SpfException.permanent("several SPF records at " + domain));
            }
            try {
                return Future.succeededFuture(
                        records.isEmpty() ? Optional.empty() : Optional.of(SpfRecord.parse(records.get(0))));
            } catch (SpfException e) {
                return Future.failedFuture(e);
            }
        });
    }

    /** The addresses of a name in the client's family. */
    Future<List<InetAddress>> addresses(String name) {
        return addresses(ask(name));
    }

    /** The addresses of a host; whether they are a void look-up counts from now. */
    Future<List<InetAddress>> addresses(Host host) {
        return host.addresses().compose(answer -> counted(answer, host.name()));
    }

    /** Whether a name has an IPv4 address. */
    Future<Boolean> exists(String name) {
        return dns.a(name)
                .compose(answer -> this.<Inet4Address>counted(answer, name).map(list -> !list.isEmpty()));
    }

    /** The exchangers of a domain by preference, all asked for at once. */
    Future<List<Host>> exchangers(String domain) {
        return dns.mx(domain).compose(answer -> {
            if (answer.records().size() > MOST_NAMES) {
                return Future.failedFuture(SpfException.permanent("more than 10 MX records at " + domain));
            }
            return this.<MxRecord>counted(answer, domain).map(list -> list.stream()
                    .filter(mx -> !mx.isNull())
                    .map(mx -> ask(mx.exchange()))
                    .toList());
        });
    }

    /** The only TXT record of a name; empty where there is none, several or no answer (section 6.2). */
    Future<Optional<String>> text(String name) {
        return dns.txt(name)
                .map(answer -> answer.records().size() == 1
                        ? Optional.of(answer.records().get(0))
                        : Optional.empty());
    }

    /** Names of the client that lead back to it (section 5.5); DNS trouble only means that there are fewer. */
    Future<List<String>> validatedNames() {
        if (validated.isEmpty()) {
            validated = Optional.of(dns.ptr(client).compose(answer -> {
                if (answer.isAbsent() && ++voids > MOST_VOID) {
                    return Future.failedFuture(SpfException.permanent("more than 2 void look-ups"));
                }
                return validate(
                        answer.records().stream()
                                .limit(MOST_NAMES)
                                .map(this::ask)
                                .toList(),
                        0,
                        new ArrayList<>());
            }));
        }
        return validated.get();
    }

    private Future<List<String>> validate(List<Host> hosts, int index, List<String> found) {
        if (index == hosts.size()) {
            return Future.succeededFuture(found);
        }
        Host host = hosts.get(index);
        return host.addresses().compose(answer -> {
            if (answer.records().stream().anyMatch(client::equals)) {
                found.add(host.name());
            }
            return validate(hosts, index + 1, found);
        });
    }

    private Host ask(String name) {
        return new Host(
                name,
                client instanceof Inet4Address
                        ? dns.a(name).map(answer -> answer.map(address -> address))
                        : dns.aaaa(name).map(answer -> answer.map(address -> address)));
    }

    private <T> Future<List<T>> counted(DnsAnswer<T> answer, String name) {
        if (answer.isTemporaryFailure()) {
            return Future.failedFuture(SpfException.temporary("no answer for " + name));
        }
        if (answer.isAbsent() && ++voids > MOST_VOID) {
            return Future.failedFuture(SpfException.permanent("more than 2 void look-ups"));
        }
        return Future.succeededFuture(answer.records());
    }
}

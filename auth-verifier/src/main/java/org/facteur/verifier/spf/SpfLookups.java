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
        return family(name).compose(answer -> counted(answer, name));
    }

    /** Whether a name has an IPv4 address. */
    Future<Boolean> exists(String name) {
        return dns.a(name)
                .compose(answer -> this.<Inet4Address>counted(answer, name).map(list -> !list.isEmpty()));
    }

    /** The exchangers of a domain. */
    Future<List<String>> exchangers(String domain) {
        return dns.mx(domain).compose(answer -> {
            if (answer.records().size() > MOST_NAMES) {
                return Future.failedFuture(SpfException.permanent("more than 10 MX records at " + domain));
            }
            return this.<MxRecord>counted(answer, domain).map(list -> list.stream()
                    .filter(mx -> !mx.isNull())
                    .map(MxRecord::exchange)
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
                List<String> names = answer.records();
                return validate(names.subList(0, Math.min(MOST_NAMES, names.size())), 0, new ArrayList<>());
            }));
        }
        return validated.get();
    }

    private Future<List<String>> validate(List<String> names, int index, List<String> found) {
        if (index == names.size()) {
            return Future.succeededFuture(found);
        }
        return family(names.get(index)).compose(answer -> {
            if (answer.records().stream().anyMatch(client::equals)) {
                found.add(names.get(index));
            }
            return validate(names, index + 1, found);
        });
    }

    private Future<DnsAnswer<InetAddress>> family(String name) {
        return client instanceof Inet4Address
                ? dns.a(name).map(answer -> answer.map(address -> address))
                : dns.aaaa(name).map(answer -> answer.map(address -> address));
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

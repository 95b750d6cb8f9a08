package org.facteur.admin.dns;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.facteur.mail.record.DkimKeyEntry;
import org.facteur.mail.record.ReportAddress;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsAnswer;
import org.facteur.platform.dns.MxRecord;

/** Compares what a domain's DNS says with what it must say, record by record. */
public final class DnsCheck {
    private final Dns dns;
    private final String hostname;
    private final TableView<DkimKeyEntry> keys;

    /** For domains whose mail goes to {@code hostname}. */
    public DnsCheck(Dns dns, String hostname, TableView<DkimKeyEntry> keys) {
        this.dns = dns;
        this.hostname = hostname;
        this.keys = keys;
    }

    /** Every record that the domain needs, in the order in which a person should mend them. */
    public Future<List<RecordCheck>> check(String domain) {
        List<Future<RecordCheck>> checks = new ArrayList<>();
        checks.add(address());
        checks.add(reverse());
        checks.add(dns.mx(domain).map(answer -> mx(domain, answer)));
        checks.add(dns.txt(domain).map(answer -> spf(domain, answer)));
        keys.values().stream()
                .filter(key -> key.domain().equals(domain))
                .sorted(Comparator.comparing(DkimKeyEntry::selector).reversed())
                .forEach(key -> checks.add(dkim(key)));
        checks.add(dns.txt("_dmarc." + domain).map(answer -> dmarc(domain, answer)));
        checks.add(dns.txt("_smtp._tls." + domain).map(answer -> tlsReports(domain, answer)));
        return Future.all(checks).map(all -> all.list());
    }

    private Future<RecordCheck> address() {
        return addresses()
                .map(found -> new RecordCheck(
                        "address",
                        hostname,
                        "A",
                        "the public address of this machine",
                        found.stream().map(InetAddress::getHostAddress).toList(),
                        !found.isEmpty(),
                        found.isEmpty()
                                ? "Add an A record for " + hostname + " with this machine's public address."
                                : ""));
    }

    private Future<List<InetAddress>> addresses() {
        return dns.a(hostname).compose(v4 -> dns.aaaa(hostname).map(v6 -> {
            List<InetAddress> all = new ArrayList<>(v4.records());
            all.addAll(v6.records());
            return all;
        }));
    }

    /** RFC 8601 section 3: the name of the address must lead back to it; many refuse mail otherwise. */
    private Future<RecordCheck> reverse() {
        return addresses().compose(all -> {
            if (all.isEmpty()) {
                return Future.succeededFuture(new RecordCheck(
                        "reverse DNS",
                        hostname,
                        "PTR",
                        hostname,
                        List.of(),
                        false,
                        "First give " + hostname + " an address."));
            }
            InetAddress first = all.get(0);
            return dns.ptr(first).map(answer -> {
                boolean ok = answer.records().contains(hostname);
                String why = "Ask the provider of " + first.getHostAddress() + " to set its reverse DNS to " + hostname
                        + ".";
                return new RecordCheck(
                        "reverse DNS", first.getHostAddress(), "PTR", hostname, answer.records(), ok, ok ? "" : why);
            });
        });
    }

    private RecordCheck mx(String domain, DnsAnswer<MxRecord> answer) {
        List<String> found = answer.records().stream()
                .map(mx -> mx.preference() + " " + mx.exchange())
                .toList();
        boolean ok = answer.records().stream().anyMatch(mx -> mx.exchange().equals(hostname));
        return new RecordCheck(
                "MX",
                domain,
                "MX",
                "10 " + hostname + ".",
                found,
                ok,
                ok ? "" : missing(answer, "Add this MX record, so that mail for " + domain + " comes here."));
    }

    private RecordCheck spf(String domain, DnsAnswer<String> answer) {
        String expected = "v=spf1 mx a:" + hostname + " ~all";
        List<String> found =
                matching(answer, text -> text.toLowerCase(Locale.ROOT).startsWith("v=spf1"));
        String why;
        if (found.isEmpty()) {
            why = missing(answer, "Add this TXT record: it says that this machine may send mail of " + domain + ".");
        } else if (found.size() > 1) {
            why = "There are " + found.size()
                    + " SPF records, receivers then ignore all: keep one (RFC 7208 section 3.2).";
        } else if (!mentionsUs(found.get(0))) {
            why = "The SPF record does not name this machine: add a:" + hostname + " before its \"all\".";
        } else {
            why = "";
        }
        return new RecordCheck("SPF", domain, "TXT", expected, found, why.isEmpty(), why);
    }

    private boolean mentionsUs(String spf) {
        for (String term : spf.toLowerCase(Locale.ROOT).split("\\s+")) {
            String mechanism = term.startsWith("+") ? term.substring(1) : term;
            if (mechanism.equals("mx")
                    || mechanism.equals("a:" + hostname)
                    || mechanism.startsWith("include:")
                    || mechanism.startsWith("ip4:")
                    || mechanism.startsWith("ip6:")
                    || mechanism.startsWith("redirect=")) {
                return true;
            }
        }
        return false;
    }

    private Future<RecordCheck> dkim(DkimKeyEntry key) {
        String name = key.selector() + "._domainkey." + key.domain();
        String expected = "v=DKIM1; k=" + key.algorithm() + "; p=" + key.publicKey();
        return dns.txt(name).map(answer -> {
            boolean ok = answer.records().stream()
                    .anyMatch(text -> text.replaceAll("\\s", "").contains("p=" + key.publicKey()));
            String why = answer.isFound()
                    ? "The record has another key: replace it by this one."
                    : missing(answer, "Add this TXT record: receivers check our signatures with it.");
            return new RecordCheck("DKIM", name, "TXT", expected, answer.records(), ok, ok ? "" : why);
        });
    }

    private static RecordCheck dmarc(String domain, DnsAnswer<String> answer) {
        List<String> found =
                matching(answer, text -> text.toLowerCase(Locale.ROOT).startsWith("v=dmarc1"));
        String expected = "v=DMARC1; p=quarantine; rua=mailto:" + ReportAddress.dmarc(domain);
        String why;
        if (found.isEmpty()) {
            why = missing(
                    answer, "Add this TXT record: it tells receivers what to do with forged mail of " + domain + ".");
        } else if (found.size() > 1) {
            why = "There are " + found.size() + " DMARC records, receivers then ignore all: keep one.";
        } else {
            why = "";
        }
        return new RecordCheck("DMARC", "_dmarc." + domain, "TXT", expected, found, why.isEmpty(), why);
    }

    /** RFC 8460 section 3. The domain works without it, so it is ok where there is none. */
    private static RecordCheck tlsReports(String domain, DnsAnswer<String> answer) {
        List<String> found =
                matching(answer, text -> text.toLowerCase(Locale.ROOT).startsWith("v=tlsrptv1"));
        boolean ok = found.size() < 2;
        return new RecordCheck(
                "TLS reports",
                "_smtp._tls." + domain,
                "TXT",
                "v=TLSRPTv1; rua=mailto:" + ReportAddress.tls(domain),
                found,
                ok,
                ok ? "" : "There are " + found.size() + " TLS-RPT records, senders then ignore all: keep one.");
    }

    private static List<String> matching(DnsAnswer<String> answer, Predicate<String> wanted) {
        return answer.records().stream().filter(wanted).toList();
    }

    private static String missing(DnsAnswer<?> answer, String advice) {
        return answer.isTemporaryFailure() ? "DNS does not answer at the moment, try again later." : advice;
    }
}

package org.facteur.verifier.dmarc;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsAnswer;

/**
 * Finds policy records and organizational domains by asking DNS from a domain upwards (RFC 9989 section 4.10), with at most
 * eight questions.
 */
final class TreeWalk {
    private static final int MOST_NAMES = 8;

    private final Dns dns;

    /**
     * What was found above a domain.
     *
     * @param organizational the organizational domain
     * @param policyDomain whose record applies to the domain where the walk began; empty where there is none
     * @param record that record
     */
    record Place(String organizational, String policyDomain, Optional<DmarcRecord> record) {}

    private record Step(String domain, Optional<DmarcRecord> record) {}

    TreeWalk(Dns dns) {
        this.dns = dns;
    }

    /** The one record of a domain; empty where there is none or there are several. Fails with {@link NoAnswer}. */
    Future<Optional<DmarcRecord>> record(String domain) {
        return dns.txt("_dmarc." + domain).compose(answer -> only(domain, answer));
    }

    /** Walks from a domain to the root; fails with {@link NoAnswer}. */
    Future<Place> from(String domain) {
        List<String> names = names(domain);
        List<Future<DnsAnswer<String>>> answers =
                names.stream().map(name -> dns.txt("_dmarc." + name)).toList();
        return walk(names, answers, 0, new ArrayList<>());
    }

    /** The names that a walk asks for: the domain, then its last seven labels and fewer. */
    static List<String> names(String domain) {
        List<String> names = new ArrayList<>();
        names.add(domain);
        String[] labels = domain.split("\\.");
        for (int keep = Math.min(labels.length, MOST_NAMES) - 1; keep > 0; keep--) {
            names.add(lastLabels(domain, keep));
        }
        return names;
    }

    private Future<Place> walk(
            List<String> names, List<Future<DnsAnswer<String>>> answers, int index, List<Step> found) {
        if (index == names.size()) {
            return Future.succeededFuture(place(names.get(0), found));
        }
        String name = names.get(index);
        return answers.get(index).compose(answer -> only(name, answer)).compose(record -> {
            if (record.isPresent()) {
                found.add(new Step(name, record));
            }
            boolean ends = record.map(DmarcRecord::psd).orElse(DmarcRecord.Psd.UNKNOWN) != DmarcRecord.Psd.UNKNOWN;
            return ends ? Future.succeededFuture(place(names.get(0), found)) : walk(names, answers, index + 1, found);
        });
    }

    private static Place place(String start, List<Step> found) {
        if (found.isEmpty()) {
            return new Place(start, "", Optional.empty());
        }
        Step last = found.get(found.size() - 1);
        boolean suffix = last.record().orElseThrow().psd() == DmarcRecord.Psd.YES
                && !last.domain().equals(start);
        String organizational = suffix ? lastLabels(start, last.domain().split("\\.").length + 1) : last.domain();
        return found.stream()
                .filter(step -> step.domain().equals(start))
                .findFirst()
                .or(() -> found.stream()
                        .filter(step -> step.domain().equals(organizational))
                        .findFirst())
                .or(() -> suffix ? Optional.of(last) : Optional.empty())
                .map(step -> new Place(organizational, step.domain(), step.record()))
                .orElse(new Place(organizational, "", Optional.empty()));
    }

    private static Future<Optional<DmarcRecord>> only(String domain, DnsAnswer<String> answer) {
        if (answer.isTemporaryFailure()) {
            return Future.failedFuture(new NoAnswer("no answer for _dmarc." + domain));
        }
        List<DmarcRecord> records = answer.records().stream()
                .map(DmarcRecord::parse)
                .flatMap(Optional::stream)
                .toList();
        return Future.succeededFuture(records.size() == 1 ? Optional.of(records.get(0)) : Optional.empty());
    }

    private static String lastLabels(String domain, int count) {
        int from = domain.length();
        for (int i = 0; i < count && from > 0; i++) {
            from = domain.lastIndexOf('.', from - 1);
        }
        return domain.substring(from + 1);
    }

    /** DNS did not answer; later it may. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message, null, false, false);
        }
    }
}

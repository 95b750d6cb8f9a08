package org.facteur.admin.dmarc;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.mail.record.AuthObservation;
import org.facteur.platform.dns.Dns;

/**
 * Where a report may go: the addresses of {@code rua=}, of which those elsewhere have to agree (RFC 9990 section 4), so that
 * nobody can have reports sent to a victim.
 */
final class Destinations {
    private static final int MOST_URIS = 5;
    private static final int LONGEST_NAME = 253;

    private final Dns dns;

    /** Over that DNS. */
    Destinations(Dns dns) {
        this.dns = dns;
    }

    /** DNS does not answer; later it may. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(String name) {
            super("no answer for " + name, null, false, false);
        }
    }

    /** Those that agree, each once; fails with {@link NoAnswer} where that cannot be told now. */
    Future<List<ReportUri>> of(AuthObservation.Published policy) {
        List<Future<Optional<ReportUri>>> checked = policy.rua().stream()
                .map(ReportUri::parse)
                .flatMap(Optional::stream)
                .limit(MOST_URIS)
                .map(uri -> isExternal(policy, uri.host())
                        .compose(external ->
                                external ? agreed(policy.domain(), uri) : Future.succeededFuture(Optional.of(uri))))
                .toList();
        return Future.all(checked).map(all -> {
            List<ReportUri> agreed = new ArrayList<>();
            checked.forEach(one -> one.result()
                    .filter(uri ->
                            agreed.stream().noneMatch(other -> other.address().equals(uri.address())))
                    .ifPresent(agreed::add));
            return agreed;
        });
    }

    /**
     * Whether the two have different organizational domains. They have the same one where one is the other or above it and is
     * no public suffix; a domain above that has no policy record is taken for one.
     */
    private Future<Boolean> isExternal(AuthObservation.Published policy, String host) {
        if (host.equals(policy.domain())) {
            return Future.succeededFuture(false);
        }
        if (host.endsWith("." + policy.domain())) {
            return Future.succeededFuture(policy.psd().equals("y"));
        }
        if (!policy.domain().endsWith("." + host) || policy.psd().equals("n")) {
            return Future.succeededFuture(true);
        }
        return records("_dmarc." + host)
                .map(records -> records.size() != 1
                        || tag(records.get(0), "psd")
                                .filter("y"::equalsIgnoreCase)
                                .isPresent());
    }

    private Future<Optional<ReportUri>> agreed(String policyDomain, ReportUri uri) {
        String name = policyDomain + "._report._dmarc." + uri.host();
        if (name.length() > LONGEST_NAME) {
            return Future.succeededFuture(Optional.empty());
        }
        return records(name).map(records -> {
            if (records.isEmpty()) {
                return Optional.empty();
            }
            Optional<String> instead = records.stream()
                    .map(record -> tag(record, "rua"))
                    .flatMap(Optional::stream)
                    .findFirst();
            // Another address may be named, but only at the same host.
            return instead.isEmpty()
                    ? Optional.of(uri)
                    : ReportUri.parse(instead.get().split(",")[0])
                            .filter(other -> other.host().equals(uri.host()));
        });
    }

    private Future<List<String>> records(String name) {
        return dns.txt(name)
                .compose(answer -> answer.isTemporaryFailure()
                        ? Future.failedFuture(new NoAnswer(name))
                        : Future.succeededFuture(answer.records().stream()
                                .filter(Destinations::isDmarc)
                                .toList()));
    }

    private static boolean isDmarc(String record) {
        return record.split(";", 2)[0].strip().matches("v[ \\t]*=[ \\t]*DMARC1");
    }

    private static Optional<String> tag(String record, String name) {
        return Arrays.stream(record.split(";"))
                .map(spec -> spec.split("=", 2))
                .filter(spec -> spec.length == 2
                        && spec[0].strip().toLowerCase(Locale.ROOT).equals(name))
                .map(spec -> spec[1].strip())
                .findFirst();
    }
}

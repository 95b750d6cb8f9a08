package org.facteur.verifier.spf;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** One check under way: evaluates records, theirs that they include and theirs that they redirect to (RFC 7208 section 4.6). */
final class SpfEvaluation {
    /** What a record says; the explanation belongs to the domain whose record gave the result. */
    record Outcome(SpfStatus status, Optional<MacroString> explanation, String domain) {}

    private final SpfLookups lookups;
    private final InetAddress client;
    private final SpfMacros macros;
    private final SpfTrace trace;

    SpfEvaluation(SpfLookups lookups, InetAddress client, SpfMacros macros, SpfTrace trace) {
        this.lookups = lookups;
        this.client = client;
        this.macros = macros;
        this.trace = trace;
    }

    /** check_host() for a domain; fails with {@link SpfException}. */
    Future<Outcome> evaluate(String domain) {
        if (!DomainSpec.isCheckable(domain)) {
            return Future.succeededFuture(new Outcome(SpfStatus.NONE, Optional.empty(), domain));
        }
        trace.step(() -> "the SPF record of " + domain);
        return lookups.record(domain)
                .compose(record -> record.isEmpty()
                        ? Future.succeededFuture(new Outcome(SpfStatus.NONE, Optional.empty(), domain))
                        : mechanisms(record.get(), domain, 0));
    }

    private Future<Outcome> mechanisms(SpfRecord record, String domain, int from) {
        List<Mechanism> all = record.mechanisms();
        for (int i = from; i < all.size(); i++) {
            Mechanism mechanism = all.get(i);
            if (mechanism.kind().asksDns()) {
                int next = i + 1;
                trace.step(() -> domain + ": " + mechanism);
                return lookups.countTerm()
                        .compose(counted -> matches(mechanism, domain))
                        .onSuccess(match -> trace.step(() -> domain + ": " + mechanism.told(match)))
                        .compose(match -> match
                                ? Future.succeededFuture(outcome(mechanism.result(), record, domain))
                                : mechanisms(record, domain, next));
            }
            boolean matches = mechanism.matches(client);
            trace.step(() -> domain + ": " + mechanism.told(matches));
            if (matches) {
                return Future.succeededFuture(outcome(mechanism.result(), record, domain));
            }
        }
        trace.step(() -> domain + ": no term matches, "
                + record.redirect().map(target -> "redirect=" + target).orElse("which is neutral"));
        return record.redirect().isEmpty()
                ? Future.succeededFuture(outcome(SpfStatus.NEUTRAL, record, domain))
                : redirect(record.redirect().get(), domain);
    }

    private Future<Outcome> redirect(MacroString target, String domain) {
        return lookups.countTerm()
                .compose(counted -> macros.expand(target, domain))
                .compose(name -> name.isEmpty() ? none(domain) : evaluate(name.get()))
                .compose(outcome -> outcome.status() == SpfStatus.NONE
                        ? Future.failedFuture(SpfException.permanent("no SPF record to redirect to"))
                        : Future.succeededFuture(outcome));
    }

    private Future<Boolean> matches(Mechanism mechanism, String domain) {
        Future<Optional<String>> target = mechanism.domain().isPresent()
                ? macros.expand(mechanism.domain().get(), domain)
                : Future.succeededFuture(Optional.of(domain));
        return target.compose(name -> mechanism.kind() == Mechanism.Kind.INCLUDE
                ? name.map(this::include).orElse(Future.succeededFuture(false))
                : name.filter(DomainSpec::isName)
                        .map(host -> matchesHost(mechanism, host))
                        .orElse(Future.succeededFuture(false)));
    }

    private Future<Boolean> matchesHost(Mechanism mechanism, String host) {
        return switch (mechanism.kind()) {
            case A -> lookups.addresses(host).map(found -> anyWithin(mechanism, found));
            case MX -> lookups.exchangers(host).compose(hosts -> anyExchanger(mechanism, hosts, 0));
            case EXISTS -> lookups.exists(host);
            default ->
                lookups.validatedNames()
                        .map(names -> names.stream().anyMatch(name -> name.equals(host) || name.endsWith("." + host)));
        };
    }

    /** Section 5.2: only a pass matches; no record at all is an error of the one who includes. */
    private Future<Boolean> include(String name) {
        return evaluate(name)
                .compose(outcome -> outcome.status() == SpfStatus.NONE
                        ? Future.failedFuture(SpfException.permanent("included domain has no SPF record"))
                        : Future.succeededFuture(outcome.status() == SpfStatus.PASS));
    }

    private Future<Boolean> anyExchanger(Mechanism mechanism, List<SpfLookups.Host> hosts, int index) {
        if (index == hosts.size()) {
            return Future.succeededFuture(false);
        }
        return lookups.addresses(hosts.get(index))
                .compose(found -> anyWithin(mechanism, found)
                        ? Future.succeededFuture(true)
                        : anyExchanger(mechanism, hosts, index + 1));
    }

    private boolean anyWithin(Mechanism mechanism, List<InetAddress> found) {
        return found.stream().anyMatch(address -> mechanism.within(client, address.getAddress()));
    }

    private static Outcome outcome(SpfStatus status, SpfRecord record, String domain) {
        return new Outcome(status, record.explanation(), domain);
    }

    private static Future<Outcome> none(String domain) {
        return Future.succeededFuture(new Outcome(SpfStatus.NONE, Optional.empty(), domain));
    }
}

package org.facteur.verifier.spf;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import org.facteur.platform.dns.Dns;

/** Checks clients against the SPF records of domains (RFC 7208). Without state of its own; nothing blocks. */
public final class Spf {
    private final Dns dns;
    private final String receiver;
    private final Clock clock;
    private final SpfTrace trace;

    /**
     * A checker.
     *
     * @param receiver our host name, for explanations
     */
    public Spf(Dns dns, String receiver, Clock clock) {
        this(dns, receiver, clock, SpfTrace.NONE);
    }

    /** A checker that tells what it does; for one check at a time. */
    public Spf(Dns dns, String receiver, Clock clock, SpfTrace trace) {
        this.dns = dns;
        this.receiver = receiver;
        this.clock = clock;
        this.trace = trace;
    }

    /** check_host() of section 4. The future never fails: trouble is temperror or permerror. */
    public Future<SpfResult> check(SpfQuery query) {
        String domain = query.domain();
        SpfLookups lookups = new SpfLookups(dns, query.client());
        SpfMacros macros = new SpfMacros(query, domain, lookups, receiver, clock);
        return new SpfEvaluation(lookups, query.client(), macros, trace)
                .evaluate(domain)
                .compose(outcome -> explanation(outcome, lookups, macros)
                        .map(text -> new SpfResult(outcome.status(), domain, query.checksMailFrom(), "", text)))
                .recover(e -> Future.succeededFuture(error(e, domain, query)));
    }

    private static SpfResult error(Throwable e, String domain, SpfQuery query) {
        SpfStatus status = e instanceof SpfException known ? known.status() : SpfStatus.TEMPERROR;
        return new SpfResult(status, domain, query.checksMailFrom(), String.valueOf(e.getMessage()), "");
    }

    /** Section 6.2: whatever goes wrong here only means that there is no explanation. */
    private static Future<String> explanation(SpfEvaluation.Outcome outcome, SpfLookups lookups, SpfMacros macros) {
        if (outcome.status() != SpfStatus.FAIL || outcome.explanation().isEmpty()) {
            return Future.succeededFuture("");
        }
        return macros.expand(outcome.explanation().get(), outcome.domain())
                .compose(name -> name.filter(DomainSpec::isName)
                        .map(lookups::text)
                        .orElse(Future.succeededFuture(Optional.empty())))
                .compose(text -> text.isEmpty() ? Future.succeededFuture("") : expand(text.get(), outcome, macros))
                .recover(e -> Future.succeededFuture(""));
    }

    private static Future<String> expand(String text, SpfEvaluation.Outcome outcome, SpfMacros macros) {
        try {
            return macros.text(MacroString.explanation(text), outcome.domain());
        } catch (SpfException e) {
            return Future.failedFuture(e);
        }
    }
}

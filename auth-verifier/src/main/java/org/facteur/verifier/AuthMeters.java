package org.facteur.verifier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.facteur.verifier.results.Verification;

/** Counts results by method: {@code facteur_auth_results_total{method,result}}. For one event loop. */
final class AuthMeters {
    private record Outcome(String method, String result) {}

    private final MeterRegistry registry;
    private final Map<Outcome, Counter> counters = new HashMap<>();

    AuthMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Verification found) {
        count("iprev", found.iprev().status().text());
        count("spf", found.spf().status().text());
        if (found.dkim().isEmpty()) {
            count("dkim", "none");
        }
        found.dkim().forEach(result -> count("dkim", result.status().text()));
        found.dmarc().forEach(result -> count("dmarc", result.status().text()));
        found.dnsbl().forEach(result -> count("dnsbl", result.status().text()));
    }

    private void count(String method, String result) {
        counters.computeIfAbsent(new Outcome(method, result), this::register).increment();
    }

    private Counter register(Outcome outcome) {
        return Counter.builder("facteur.auth.results")
                .description("Results of authentication methods on messages from outside")
                .tag("method", outcome.method())
                .tag("result", outcome.result())
                .register(registry);
    }
}

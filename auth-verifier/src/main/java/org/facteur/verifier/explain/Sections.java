package org.facteur.verifier.explain;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.facteur.mail.dkim.BodyHash;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Explanation;
import org.facteur.mail.record.Explanation.Method;
import org.facteur.mail.record.Explanation.Question;
import org.facteur.mail.record.Explanation.Step;
import org.facteur.mail.record.Verdict;
import org.facteur.mail.record.VerifyRequest;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.ReverseName;
import org.facteur.verifier.ClientAddress;
import org.facteur.verifier.client.DnsblResult;
import org.facteur.verifier.content.ScanResult;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.policy.Policy;
import org.facteur.verifier.results.AuthenticationResults;
import org.facteur.verifier.results.Verification;
import org.facteur.verifier.spf.SpfResult;

/** The logs of all methods for one message, and the explanation that is made of them and of the results. */
public final class Sections {
    private final Dns dns;
    private final LongSupplier nanos;
    private final Map<String, MethodLog> logs = new HashMap<>();

    /** Empty logs over that DNS, by a clock in nanoseconds. */
    public Sections(Dns dns, LongSupplier nanos) {
        this.dns = dns;
        this.nanos = nanos;
    }

    /** The log of a method, by its name in Authentication-Results. */
    public MethodLog log(String method) {
        return logs.computeIfAbsent(method, name -> new MethodLog(nanos));
    }

    /** The DNS that a method asks. */
    public Dns dns(String method) {
        return log(method).dns(dns);
    }

    /** Completes the explanation; the future never fails and waits for DNS for {@code patience} at most. */
    public Future<Explanation> explain(
            VerifyRequest request,
            long octets,
            RawHeader header,
            Map<BodyHasher.Form, BodyHash> hashes,
            Verification found,
            String authservId,
            Policy policy,
            Duration patience) {
        Dmarc dmarc = new Dmarc(dns("dmarc"));
        List<Future<Identifiers>> identifiers = found.dmarc().stream()
                .map(result -> Identifiers.of(dmarc, result, found))
                .toList();
        return Future.all(identifiers)
                .timeout(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS)
                .transform(all -> {
                    List<Identifiers> known = identifiers.stream()
                            .filter(Future::succeeded)
                            .map(Future::result)
                            .toList();
                    Verdict verdict = policy.decide(request.id(), found);
                    return Future.succeededFuture(new Explanation(
                            Explanation.VERSION,
                            request.id(),
                            "",
                            request.client(),
                            request.reversePath(),
                            octets,
                            methods(found, header, hashes, known),
                            PolicySection.rules(policy, found),
                            verdict,
                            PolicySection.reply(verdict),
                            PolicySection.folder(verdict),
                            AuthenticationResults.field(authservId, found)));
                });
    }

    private List<Method> methods(
            Verification found, RawHeader header, Map<BodyHasher.Form, BodyHash> hashes, List<Identifiers> known) {
        List<Method> methods = new ArrayList<>();
        methods.add(iprev(found));
        methods.add(spf(found.spf()));
        methods.addAll(new DkimSection(header, hashes, log("dkim")).methods(found.dkim()));
        DmarcSection dmarc = new DmarcSection(log("dmarc"), known);
        found.dmarc().stream().map(dmarc::method).forEach(methods::add);
        methods.add(new ArcSection(log("arc")).method(found));
        found.dnsbl().stream().map(result -> dnsbl(found.client(), result)).forEach(methods::add);
        found.scans().stream().map(Sections::scan).forEach(methods::add);
        return methods;
    }

    private Method iprev(Verification found) {
        String client = ClientAddress.text(found.client());
        List<Step> steps = new ArrayList<>();
        for (Question question : log("iprev").questions(name -> true)) {
            String text = question.type().equals("PTR")
                    ? "the names of " + client
                    : question.name() + (question.records().contains(client) ? " leads" : " does not lead")
                            + " back to the address";
            steps.add(new Step(text, List.of(question)));
        }
        return new Method("iprev", found.iprev().status().text(), client, steps);
    }

    private Method spf(SpfResult result) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of(result.mailFrom() ? "the reverse-path is checked" : "no reverse-path: HELO is checked"));
        steps.addAll(log("spf").steps());
        if (!result.reason().isEmpty()) {
            steps.add(Step.of(result.status().text() + ": " + result.reason()));
        }
        if (!result.explanation().isEmpty()) {
            steps.add(Step.of("the domain explains: " + result.explanation()));
        }
        return new Method("spf", result.status().text(), result.domain(), steps);
    }

    private Method dnsbl(InetAddress client, DnsblResult result) {
        String entry = ReverseName.labels(client) + "." + result.zone();
        String text =
                switch (result.status()) {
                    case PASS -> "not listed";
                    case FAIL -> "listed as " + result.code() + (result.text().isEmpty() ? "" : ": " + result.text());
                    case TEMPERROR ->
                        result.code().isEmpty()
                                ? "the list does not answer"
                                : "the list answers " + result.code() + ", but refuses us or lists everything";
                };
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(text, log("dnsbl").questions(entry::equals)));
        List<Question> test = log("dnsbl").questions(name -> !name.equals(entry) && name.endsWith("." + result.zone()));
        if (!test.isEmpty()) {
            steps.add(new Step("the test entry, which a list that works does not have (RFC 5782 section 5)", test));
        }
        return new Method("dnsbl", result.status().text(), result.zone(), steps);
    }

    private static Method scan(ScanResult result) {
        String text =
                switch (result.finding()) {
                    case CLEAN -> "nothing was found";
                    case GREYLIST -> "doubtful";
                    case SKIPPED -> "not judged";
                    case JUNK -> "unwanted";
                    case DEFER -> "not to be taken now";
                    case REJECT -> "to be refused";
                    case ERROR -> "no answer that can be read";
                };
        String reason = result.reason().isEmpty() ? "" : ": " + result.reason();
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of(text + reason));
        result.properties().forEach(property -> steps.add(Step.of(property.name() + " is " + property.value())));
        if (!result.note().isEmpty()) {
            steps.add(Step.of(result.note()));
        }
        return new Method("x-" + result.scanner(), result.finding().text(), "", steps);
    }
}

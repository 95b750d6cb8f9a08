package org.facteur.verifier;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.facteur.mail.arc.ArcCheck;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.dkim.BodyHash;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimCheck;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.mail.dkim.DkimSignature;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Received;
import org.facteur.platform.body.BodyStore;
import org.facteur.verifier.arc.ArcFinding;
import org.facteur.verifier.client.DnsblResult;
import org.facteur.verifier.client.IprevResult;
import org.facteur.verifier.content.MessageOctets;
import org.facteur.verifier.content.Scans;
import org.facteur.verifier.dmarc.AuthorDomains;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.dmarc.DmarcCheck;
import org.facteur.verifier.dmarc.DmarcInput;
import org.facteur.verifier.dmarc.DmarcInput.Identifier;
import org.facteur.verifier.dmarc.DmarcPolicy;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;
import org.facteur.verifier.spf.SpfQuery;
import org.facteur.verifier.spf.SpfResult;
import org.facteur.verifier.spf.SpfStatus;

/** The checks of one message: all that can run at once do; DMARC follows on SPF and DKIM. */
final class RunningChecks {
    private static final int MOST_AUTHORS = 8;
    private static final int FEW_SETS = 5;

    private final Checks checks;
    private final InetAddress client;
    private final Received received;
    private final RawHeader header;
    private final List<String> authors;
    private final ArcCheck arc;
    private final DkimCheck dkim;
    private final Future<IprevResult> iprev;
    private final SpfQuery query;
    private final Future<SpfResult> spf;
    private final Future<List<DnsblResult>> dnsbl;
    private final List<DmarcCheck> policies;
    private Scans scans = Scans.none();

    RunningChecks(
            Checks checks, InetAddress client, Received received, RawHeader header, Collection<BodyHasher.Form> forms) {
        this.checks = checks;
        this.client = client;
        this.received = received;
        this.header = header;
        authors = header.isWhole()
                ? AuthorDomains.of(
                        header.fields("from").stream().map(RawField::value).toList())
                : List.of(); // another From may follow
        arc = checks.arc.begin(header);
        dkim = checks.dkim.begin(
                header, Stream.concat(arc.forms().stream(), forms.stream()).toList());
        iprev = checks.iprev.check(client);
        query = new SpfQuery(client, received.client().helo(), received.reversePath());
        spf = checks.spf.check(query);
        dnsbl = checks.dnsbl.check(client);
        policies = authors.stream().limit(MOST_AUTHORS).map(checks.dmarc::begin).toList();
    }

    /**
     * Does all that is left to do with a message. Fails only where its body cannot be read.
     *
     * @param left how long it may take from the moment in which this is asked
     */
    Future<Verification> verify(ReceivedBody body, BodyStore bodies, Supplier<Duration> left) {
        scan(body.octets(bodies), left.get());
        return (dkim.needsBody() ? body.feed(bodies, this::body) : Future.<Void>succeededFuture())
                .compose(fed -> finish(left.get()));
    }

    /** Asks the scanners about the whole message, for which {@code limit} is left. */
    void scan(MessageOctets octets, Duration limit) {
        scans = checks.scanners.begin(received, iprev, octets, limit);
    }

    /** Takes the next octets of the body. */
    void body(byte[] bytes, int from, int to) {
        dkim.body(bytes, from, to);
    }

    /** The hashes of the body at its end, those that {@link Checks#begin} was asked for among them. */
    Map<BodyHasher.Form, BodyHash> hashes() {
        return dkim.hashes();
    }

    /** Ends the body. What has no answer when {@code limit} has passed is a temporary error. The future never fails. */
    Future<Verification> finish(Duration limit) {
        Future<List<DkimResult>> signatures = Future.fromCompletionStage(dkim.finish());
        // what is silent leaves DMARC time to pass by the other
        Duration most = limit.multipliedBy(3).dividedBy(4);
        Future<SpfResult> spfInTime = InTime.of(checks.vertx, spf, most, this::unknownSpf);
        Future<List<DkimResult>> dkimInTime = InTime.of(checks.vertx, signatures, most, this::unknownDkim);
        Future<List<DmarcResult>> dmarc =
                Future.all(spfInTime, dkimInTime).compose(both -> dmarc(spfInTime.result(), dkimInTime.result()));
        Future<ArcResult> chain = chain();
        Future<ArcFinding> finding = Future.all(chain, dmarc)
                .compose(both -> checks.arcTrust.judge(chain.result(), dmarc.result()))
                .otherwise(e -> ArcFinding.of(chain.succeeded() ? chain.result() : arc.early()));
        Supplier<Verification> now = () -> verification(signatures, dmarc, chain, finding);
        Future<Verification> all =
                Future.join(iprev, finding, dnsbl, scans.done()).transform(ended -> Future.succeededFuture(now.get()));
        return InTime.of(checks.vertx, all, limit, now);
    }

    /** Short chains, as nearly all are, take less time than the way to a worker thread; the longest take a tenth of a second. */
    private Future<ArcResult> chain() {
        if (arc.sets() <= FEW_SETS) {
            return Future.fromCompletionStage(arc.finish(dkim.hashes()));
        }
        Executor workers = task -> checks.vertx.executeBlocking(
                () -> {
                    task.run();
                    return null;
                },
                false);
        return Future.fromCompletionStage(arc.finish(dkim.hashes(), workers), checks.vertx.getOrCreateContext());
    }

    private Future<List<DmarcResult>> dmarc(SpfResult spfResult, List<DkimResult> signatures) {
        if (authors.isEmpty()) {
            return Future.succeededFuture(List.of(withoutAuthor()));
        }
        DmarcInput input = new DmarcInput(
                identifier(
                                spfResult.domain(),
                                spfResult.status() == SpfStatus.PASS,
                                spfResult.status() == SpfStatus.TEMPERROR)
                        .toList(),
                signatures.stream()
                        .flatMap(result -> identifier(
                                result.signature().map(DkimSignature::domain).orElse(""),
                                result.passes(),
                                result.status() == DkimResult.Status.TEMPERROR))
                        .toList());
        List<Future<DmarcResult>> results = Stream.concat(
                        policies.stream().map(policy -> policy.finish(input)),
                        ambiguity().map(Future::succeededFuture).stream())
                .toList();
        return Future.join(results)
                .map(all -> results.stream().map(Future::result).toList());
    }

    private DmarcResult withoutAuthor() {
        return header.isWhole() ? Dmarc.withoutAuthor() : Dmarc.unusableFrom("the header is too long");
    }

    /** What makes it unclear whom a reader takes for the author, though each domain has its own result. */
    private Optional<DmarcResult> ambiguity() {
        if (authors.size() > MOST_AUTHORS) {
            return Optional.of(Dmarc.unusableFrom("more than " + MOST_AUTHORS + " domains in From"));
        }
        return header.fields("from").size() > 1
                ? Optional.of(Dmarc.unusableFrom("several From fields"))
                : Optional.empty();
    }

    private static Stream<Identifier> identifier(String domain, boolean pass, boolean open) {
        return domain.isEmpty() || !pass && !open ? Stream.empty() : Stream.of(new Identifier(domain, pass));
    }

    private Verification verification(
            Future<List<DkimResult>> signatures,
            Future<List<DmarcResult>> dmarc,
            Future<ArcResult> chain,
            Future<ArcFinding> finding) {
        return new Verification(
                client,
                received.reversePath(),
                received.client().helo(),
                settled(iprev, new IprevResult(IprevResult.Status.TEMPERROR, "")),
                settled(spf, unknownSpf()),
                settled(signatures, unknownDkim()),
                settled(dmarc, unknownDmarc()),
                settled(finding, ArcFinding.of(settled(chain, arc.early()))),
                settled(dnsbl, List.of()),
                scans.results());
    }

    private static <T> T settled(Future<T> future, T otherwise) {
        return future.succeeded() ? future.result() : otherwise;
    }

    private SpfResult unknownSpf() {
        return new SpfResult(SpfStatus.TEMPERROR, query.domain(), query.checksMailFrom(), "no answer in time", "");
    }

    private List<DkimResult> unknownDkim() {
        return dkim.soFar();
    }

    private List<DmarcResult> unknownDmarc() {
        return authors.isEmpty()
                ? List.of(withoutAuthor())
                : List.of(new DmarcResult(
                        DmarcResult.Status.TEMPERROR,
                        authors.get(0),
                        "",
                        Optional.empty(),
                        DmarcPolicy.NONE,
                        false,
                        false,
                        "no answer in time"));
    }
}

package org.facteur.mail.arc;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.facteur.mail.dkim.BodyHash;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.mail.dkim.DkimKeyRecord;
import org.facteur.mail.dkim.DkimKeys;
import org.facteur.mail.dkim.KeyRefusal;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.dkim.SignedFields;

/** The validation of one chain under way: its keys are being looked up. Hash the body, then finish. */
public final class ArcCheck {
    private final RawHeader header;
    private final Instant now;
    private final ArcChain chain;
    private final Map<String, CompletableFuture<DkimKeyAnswer>> answers = new TreeMap<>();

    /** Why a signature does not hold. */
    private record Fault(String reason, boolean temporary) {}

    ArcCheck(RawHeader header, DkimKeys keys, Instant now) {
        this.header = header;
        this.now = now;
        chain = ArcChain.of(header);
        for (ArcSet set : chain.sets()) {
            for (String name : List.of(set.message().keyName(), set.seal().keyName())) {
                answers.computeIfAbsent(name, key -> keys.find(key)
                        .exceptionally(e -> new DkimKeyAnswer.Unavailable("key look-up failed"))
                        .toCompletableFuture());
            }
        }
    }

    /**
     * The hashes of the body that are needed; none where the chain is broken or not there. Of older message signatures only the
     * forms without l= are wanted, so that no chain makes the body be hashed more than three times.
     */
    public List<BodyHasher.Form> forms() {
        List<BodyHasher.Form> forms = new ArrayList<>();
        for (ArcSet set : chain.sets()) {
            BodyHasher.Form form = set.message().body();
            if (set.instance() == chain.highest() || form.limit().isEmpty()) {
                forms.add(form);
            }
        }
        return forms.stream().distinct().toList();
    }

    /** What can be said at once: that there is no chain, or that it is broken; else that there was no time. */
    public ArcResult early() {
        return chain.highest() == 0 && chain.fault().isEmpty()
                ? ArcResult.none(chain)
                : ArcResult.fail(
                        chain,
                        chain.fault().isEmpty() ? "no answer in time" : chain.fault(),
                        chain.fault().isEmpty());
    }

    /** How many sets there are to judge. */
    public int sets() {
        return chain.sets().size();
    }

    /** Ends with the hashes of {@link #forms}. The stage never fails. */
    public CompletionStage<ArcResult> finish(Map<BodyHasher.Form, BodyHash> hashes) {
        return finish(hashes, Runnable::run);
    }

    /** The same; the signatures, two per set and each with more to hash than the one before, are verified by {@code executor}. */
    public CompletionStage<ArcResult> finish(Map<BodyHasher.Form, BodyHash> hashes, Executor executor) {
        return chain.sets().isEmpty()
                ? CompletableFuture.completedFuture(early())
                : CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
                        .thenApplyAsync(all -> judge(hashes), executor);
    }

    /** Steps 4 to 7 of RFC 8617 section 5.2. */
    private ArcResult judge(Map<BodyHasher.Form, BodyHash> hashes) {
        int last = chain.highest();
        Optional<Fault> message = messageFault(last, hashes);
        if (message.isPresent()) {
            return fail("ARC-Message-Signature", last, message.get());
        }
        for (int i = last; i >= 1; i--) {
            Optional<Fault> seal = sealFault(i);
            if (seal.isPresent()) {
                return fail("ARC-Seal", i, seal.get());
            }
        }
        int oldest = last;
        while (oldest > 1 && messageFault(oldest - 1, hashes).isEmpty()) {
            oldest--;
        }
        return ArcResult.pass(chain, oldest == 1 ? 0 : oldest);
    }

    private ArcResult fail(String field, int instance, Fault fault) {
        return ArcResult.fail(chain, field + " i=" + instance + ": " + fault.reason(), fault.temporary());
    }

    private Optional<Fault> messageFault(int instance, Map<BodyHasher.Form, BodyHash> hashes) {
        ArcMessageSignature message = set(instance).message();
        if (message.expiresAt().map(now::isAfter).orElse(false)) {
            return fault("signature expired");
        }
        BodyHash body = hashes.get(message.body());
        if (body == null) {
            return fault("body not hashed");
        }
        if (message.body().limit().isPresent()
                && body.length() < message.body().limit().getAsLong()) {
            return fault("body is shorter than l=");
        }
        if (!MessageDigest.isEqual(body.sha256(), message.bodyHash())) {
            return fault("body hash mismatch");
        }
        SignedFields input = SignedFields.named(
                message.header(), header, message.names(), SignedFields.withoutValue(message.field(), message.value()));
        return signatureFault(input, message.algorithm(), message.keyName(), message.signature());
    }

    private Optional<Fault> sealFault(int instance) {
        ArcSeal seal = set(instance).seal();
        SignedFields input = SignedFields.inOrder(
                covered(
                        chain.sets().subList(0, instance - 1),
                        set(instance).results(),
                        set(instance).message().field()),
                SignedFields.withoutValue(seal.field(), seal.value()));
        return signatureFault(input, seal.algorithm(), seal.keyName(), seal.signature());
    }

    /** The fields in front of a seal's own in its hash: all sets below, then the first two of its own set. */
    static List<RawField> covered(List<ArcSet> below, RawField results, RawField message) {
        List<RawField> fields = new ArrayList<>(3 * below.size() + 2);
        below.forEach(set -> fields.addAll(set.fields()));
        fields.add(results);
        fields.add(message);
        return fields;
    }

    private Optional<Fault> signatureFault(
            SignedFields input, DkimAlgorithm algorithm, String keyName, byte[] signature) {
        DkimKeyAnswer answer = answers.get(keyName).join();
        if (answer instanceof DkimKeyAnswer.Unavailable unavailable) {
            return Optional.of(new Fault(unavailable.reason(), true));
        }
        if (answer instanceof DkimKeyAnswer.Unusable unusable) {
            return fault(unusable.reason());
        }
        DkimKeyRecord key = ((DkimKeyAnswer.Found) answer).key();
        return KeyRefusal.of(algorithm, key)
                .map(refusal -> new Fault(refusal.reason(), false))
                .or(() -> input.verify(algorithm, key, signature)
                        ? Optional.empty()
                        : fault("signature does not match the header"));
    }

    private ArcSet set(int instance) {
        return chain.sets().get(instance - 1);
    }

    private static Optional<Fault> fault(String reason) {
        return Optional.of(new Fault(reason, false));
    }
}

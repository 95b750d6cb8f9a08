package org.facteur.mail.dkim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The verification of one message under way: its keys are being looked up; feed the body, then finish. Not for several
 * threads.
 */
public final class DkimCheck {
    private final RawHeader header;
    private final Instant now;
    private final List<Pending> pending = new ArrayList<>();
    private final BodyHasher hasher;
    private final boolean needsBody;
    private Map<BodyHasher.Form, BodyHash> hashes = Map.of();
    private List<DkimResult> results = List.of();

    /** Either the result is clear already, or a key is there and the body is awaited. */
    private sealed interface Step {
        record Done(DkimResult result) implements Step {}

        record Ready(SignatureCheck check, DkimKeyRecord key) implements Step {}
    }

    /** A signature's step, and what is told of it while the step is open. */
    private record Pending(CompletableFuture<Step> step, Step meanwhile) {}

    DkimCheck(RawHeader header, DkimKeys keys, Instant now, int maxSignatures, Collection<BodyHasher.Form> others) {
        this.header = header;
        this.now = now;
        List<BodyHasher.Form> forms = new ArrayList<>(others);
        for (RawField field : header.fields(DkimSignature.FIELD)) {
            if (pending.size() == maxSignatures) {
                pending.add(done(SignatureCheck.result(
                        DkimResult.Status.POLICY, "too many signatures, this and further ones not verified")));
                break;
            }
            pending.add(header.isWhole() ? step(field, keys, forms) : done(SignatureCheck.unreadable()));
        }
        hasher = new BodyHasher(forms);
        needsBody = !forms.isEmpty();
    }

    /** Whether any signature is worth reading the body for. */
    public boolean needsBody() {
        return needsBody;
    }

    /** Takes the next octets of the body; slices may be cut anywhere. */
    public void body(byte[] bytes, int from, int to) {
        hasher.update(bytes, from, to);
    }

    /** Ends the body: one result per signature, top down. */
    public CompletionStage<List<DkimResult>> finish() {
        hashes = hasher.finish();
        return CompletableFuture.allOf(pending.stream().map(Pending::step).toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> results = soFar());
    }

    /** After {@link #finish}: the results where a key that is not there yet is not waited for. */
    public List<DkimResult> soFar() {
        if (!results.isEmpty()) {
            return results;
        }
        return pending.stream()
                .map(one -> result(one.step().getNow(one.meanwhile())))
                .toList();
    }

    /** The hashes of all forms once {@link #finish} was called, those that others asked for too. */
    public Map<BodyHasher.Form, BodyHash> hashes() {
        return hashes;
    }

    private DkimResult result(Step step) {
        if (step instanceof Step.Ready ready) {
            SignatureCheck check = ready.check();
            return check.verify(
                    header, ready.key(), hashes.get(check.signature().bodyForm()), now);
        }
        return ((Step.Done) step).result();
    }

    private Pending step(RawField field, DkimKeys keys, List<BodyHasher.Form> forms) {
        DkimSignature signature;
        try {
            signature = DkimSignature.parse(field);
        } catch (TagSyntaxException e) {
            return done(SignatureCheck.result(DkimResult.Status.NEUTRAL, e.getMessage()));
        }
        SignatureCheck check = new SignatureCheck(signature);
        Optional<DkimResult> refused = check.refusal(now);
        if (refused.isPresent()) {
            return done(refused.get());
        }
        forms.add(signature.bodyForm());
        CompletableFuture<Step> step = keys.find(signature.keyName())
                .thenApply(answer -> withKey(check, answer))
                .exceptionally(e -> new Step.Done(check.temperror("key look-up failed")))
                .toCompletableFuture();
        return new Pending(step, new Step.Done(check.temperror("no answer in time")));
    }

    private static Step withKey(SignatureCheck check, DkimKeyAnswer answer) {
        if (answer instanceof DkimKeyAnswer.Found found) {
            return check.keyRefusal(found.key())
                    .<Step>map(Step.Done::new)
                    .orElseGet(() -> new Step.Ready(check, found.key()));
        }
        return new Step.Done(
                answer instanceof DkimKeyAnswer.Unusable unusable
                        ? check.permerror(unusable.reason())
                        : check.temperror(((DkimKeyAnswer.Unavailable) answer).reason()));
    }

    private static Pending done(DkimResult result) {
        Step step = new Step.Done(result);
        return new Pending(CompletableFuture.completedFuture(step), step);
    }
}

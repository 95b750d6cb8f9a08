package org.facteur.mail.dkim;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Verifies the signatures of messages. Safe for several threads; nothing blocks, and a message costs at most as many key
 * look-ups as signatures are looked at.
 */
public final class DkimVerifier {
    /** How many signatures of a message are looked at, from the top (RFC 6376 section 8.4). */
    public static final int DEFAULT_SIGNATURES = 10;

    private final DkimKeys keys;
    private final Clock clock;
    private final int maxSignatures;

    /** A verifier that finds keys by {@code keys} and judges expiry by {@code clock}. */
    public DkimVerifier(DkimKeys keys, Clock clock, int maxSignatures) {
        this.keys = keys;
        this.clock = clock;
        this.maxSignatures = maxSignatures;
    }

    /** Verifies the message in {@code bytes[from, to)}: one result per signature, top down; none where it is unsigned. */
    public CompletionStage<List<DkimResult>> verify(byte[] bytes, int from, int to) {
        RawHeader header = RawHeader.parse(bytes, from, to);
        DkimCheck check = begin(header);
        check.body(bytes, header.bodyStart(), to);
        return check.finish();
    }

    /** Begins with the header alone: key look-ups start now, while the body is still being read. */
    public DkimCheck begin(RawHeader header) {
        return begin(header, List.of());
    }

    /** Begins, and hashes the body for {@code others} in the same pass: {@link DkimCheck#hashes} has them at the end. */
    public DkimCheck begin(RawHeader header, Collection<BodyHasher.Form> others) {
        return new DkimCheck(header, keys, clock.instant(), maxSignatures, others);
    }
}

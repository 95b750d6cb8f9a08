package org.facteur.mail.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Hashes a body once for all signatures of a message: feed it slice by slice, then ask for the hash of each wanted form. The
 * slices may be cut anywhere. It keeps a fixed amount of memory, whatever the size of the body. Not for several threads.
 */
public final class BodyHasher {
    /**
     * A wanted hash.
     *
     * @param canonicalization of the body
     * @param limit octets of the canonical body that count (the l= tag); empty for all
     */
    public record Form(Canonicalization canonicalization, OptionalLong limit) {
        /** The form that the platform signs: relaxed and whole. */
        public static final Form RELAXED = new Form(Canonicalization.RELAXED, OptionalLong.empty());
    }

    private final Map<Form, Sink> sinks = new HashMap<>();
    private final SimpleBody simple;
    private final RelaxedBody relaxed;
    private final boolean wantsSimple;
    private final boolean wantsRelaxed;

    /** Starts on the given forms; equal ones are hashed once. */
    public BodyHasher(Collection<Form> forms) {
        for (Form form : new LinkedHashSet<>(forms)) {
            sinks.put(form, new Sink(form.limit().orElse(Long.MAX_VALUE)));
        }
        simple = new SimpleBody(sinksOf(Canonicalization.SIMPLE));
        relaxed = new RelaxedBody(sinksOf(Canonicalization.RELAXED));
        wantsSimple = !simple.sinks().isEmpty();
        wantsRelaxed = !relaxed.sinks().isEmpty();
    }

    /** Hashes a body that is there as a whole, relaxed: what {@link DkimSigner} needs. */
    public static BodyHash relaxed(byte[] bytes, int from, int to) {
        BodyHasher hasher = new BodyHasher(List.of(Form.RELAXED));
        hasher.update(bytes, from, to);
        return hasher.finish().get(Form.RELAXED);
    }

    /** Takes the next octets of the body. */
    public void update(byte[] bytes, int from, int to) {
        if (wantsSimple) {
            simple.update(bytes, from, to);
        }
        if (wantsRelaxed) {
            relaxed.update(bytes, from, to);
        }
    }

    /** Ends the body and gives the hash of every form; call once. */
    public Map<Form, BodyHash> finish() {
        simple.finish();
        relaxed.finish();
        Map<Form, BodyHash> hashes = new HashMap<>();
        sinks.forEach((form, sink) -> hashes.put(form, sink.hash()));
        return hashes;
    }

    private List<Sink> sinksOf(Canonicalization canonicalization) {
        List<Sink> found = new ArrayList<>(1);
        sinks.forEach((form, sink) -> {
            if (form.canonicalization() == canonicalization) {
                found.add(sink);
            }
        });
        return found;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Takes the canonical body up to a limit. */
    static final class Sink {
        private final MessageDigest digest = sha256();
        private final long limit;
        private long length;

        Sink(long limit) {
            this.limit = limit;
        }

        void add(byte[] bytes, int from, int to) {
            long room = limit - length;
            if (room > 0) {
                digest.update(bytes, from, (int) Math.min(room, to - from));
            }
            length += to - from;
        }

        BodyHash hash() {
            return new BodyHash(digest.digest(), Math.min(limit, length), length);
        }
    }
}

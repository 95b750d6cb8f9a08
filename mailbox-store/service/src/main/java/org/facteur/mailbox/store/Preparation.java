package org.facteur.mailbox.store;

import com.github.luben.zstd.Zstd;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.facteur.mail.header.HeaderFields;
import org.facteur.mail.header.MessageDate;
import org.facteur.mail.mime.BaseSubject;
import org.facteur.mail.mime.ImapBodyStructure;
import org.facteur.mail.mime.ImapEnvelope;
import org.facteur.mail.mime.MessageReferences;
import org.facteur.mail.mime.MessageStructure;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.kafka.PermanentFailure;

/** Turns messages into the form in which they are written: hash, compression, and what IMAP asks about their structure. */
final class Preparation {
    private static final int LEVEL = 1;
    private static final int WORTH_COMPRESSING = 256;
    private static final int THREAD_OCTETS = 10;

    private final Vertx vertx;
    private final BodyStore bodies;
    private Future<?> large = Future.succeededFuture();

    Preparation(Vertx vertx, BodyStore bodies) {
        this.vertx = vertx;
        this.bodies = bodies;
    }

    static boolean isInline(Body body) {
        return body instanceof Body.Inline;
    }

    /** Prepares any message, off the event loop; large ones one after the other, since each is in memory meanwhile. */
    Future<Prepared> of(byte[] prefix, Body body) {
        if (body instanceof Body.Inline) {
            return vertx.executeBlocking(() -> inline(prefix, body), false);
        }
        BodyRef ref = ((Body.Stored) body).ref();
        Future<Prepared> prepared = large.transform(before -> bodies.readFully(ref, 0, Math.toIntExact(ref.size())))
                .recover(cause -> Future.failedFuture(
                        cause instanceof NoSuchFileException || cause instanceof EOFException
                                ? new PermanentFailure("the body store does not have " + ref.text(), cause)
                                : cause))
                .compose(bytes -> vertx.executeBlocking(
                        () -> with(prefix, bytes.getBytes(), HexFormat.of().parseHex(ref.sha256()), false, null),
                        false));
        large = prepared;
        return prepared;
    }

    /** Prepares a message that is in memory, on the calling thread. */
    Prepared inline(byte[] prefix, Body body) {
        byte[] bytes = ((Body.Inline) body).bytes();
        byte[] compressed = bytes.length < WORTH_COMPRESSING ? bytes : Zstd.compress(bytes, LEVEL);
        boolean smaller = compressed.length < bytes.length;
        return with(prefix, bytes, sha256(bytes), smaller, smaller ? compressed : bytes);
    }

    private static Prepared with(byte[] prefix, byte[] body, byte[] hash, boolean compressed, byte[] kept) {
        byte[] whole = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, whole, 0, prefix.length);
        System.arraycopy(body, 0, whole, prefix.length, body.length);
        MessageStructure structure = MessageStructure.parse(whole);
        HeaderFields header = structure.header();
        return new Prepared(
                prefix,
                hash,
                body.length,
                compressed,
                kept,
                header.value("Date")
                        .flatMap(MessageDate::parse)
                        .map(OffsetDateTime::toLocalDate)
                        .orElse(null),
                ImapEnvelope.write(header),
                ImapBodyStructure.write(structure, true),
                ImapBodyStructure.write(structure, false),
                structure.index().encode(),
                BaseSubject.of(header.value("Subject").orElse("")).text(),
                threadId(header, hash));
    }

    /**
     * THREADID (RFC 8474 section 5.2): made of the oldest ancestor that the message names, or of its own Message-ID, so that
     * the messages of a conversation agree without knowing each other.
     */
    private static String threadId(HeaderFields header, byte[] hash) {
        MessageReferences references = MessageReferences.of(header);
        byte[] root = references.ancestors().stream()
                .findFirst()
                .or(references::messageId)
                .map(id -> sha256(id.getBytes(StandardCharsets.UTF_8)))
                .orElse(hash);
        return "T" + HexFormat.of().formatHex(root, 0, THREAD_OCTETS);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package org.facteur.verifier;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.platform.body.BodyStore;
import org.facteur.verifier.content.MessageOctets;
import org.facteur.verifier.results.ForeignResults;

/**
 * A message as it arrived: its start, with the whole header, in memory; the rest, where it lies in the body store, is streamed.
 *
 * @param start the whole message when it is inline, else its first octets
 * @param header of it; a header longer than {@value #LONGEST_HEADER} octets ends there
 */
record ReceivedBody(Body body, byte[] start, RawHeader header) {
    private static final int FIRST_READ = 64 * 1024;
    private static final int LONGEST_HEADER = 1024 * 1024;

    /** Takes octets {@code [from, to)} of an array. */
    @FunctionalInterface
    interface Octets {
        /** The next ones. */
        void take(byte[] bytes, int from, int to);
    }

    /** Reads the header. */
    static Future<ReceivedBody> open(Body body, BodyStore bodies) {
        return body instanceof Body.Inline inline
                ? Future.succeededFuture(of(body, inline.bytes()))
                : openStored((Body.Stored) body, bodies, FIRST_READ);
    }

    private static Future<ReceivedBody> openStored(Body.Stored stored, BodyStore bodies, int length) {
        int read = (int) Math.min(length, stored.ref().size());
        return bodies.readFully(stored.ref(), 0, read).compose(buffer -> {
            ReceivedBody message = of(stored, buffer.getBytes());
            boolean more =
                    message.header.bodyStart() == read && read < stored.ref().size();
            return more && length < LONGEST_HEADER
                    ? openStored(stored, bodies, LONGEST_HEADER)
                    : Future.succeededFuture(more ? message.cut() : message);
        });
    }

    private static ReceivedBody of(Body body, byte[] start) {
        return new ReceivedBody(body, start, RawHeader.parse(start, 0, start.length));
    }

    private ReceivedBody cut() {
        return new ReceivedBody(body, start, header.cut());
    }

    /** Gives all octets behind the header to {@code octets}. */
    Future<Void> feed(BodyStore bodies, Octets octets) {
        octets.take(start, header.bodyStart(), start.length);
        if (body instanceof Body.Inline) {
            return Future.succeededFuture();
        }
        return rest(bodies)
                .compose(stream -> Future.future(done -> stream.exceptionHandler(done::tryFail)
                        .endHandler(end -> done.tryComplete())
                        .handler(buffer -> octets.take(buffer.getBytes(), 0, buffer.length()))));
    }

    /** The whole message, for readers of their own pace. */
    MessageOctets octets(BodyStore bodies) {
        if (body instanceof Body.Inline inline) {
            return MessageOctets.of(inline.bytes());
        }
        BodyRef ref = ((Body.Stored) body).ref();
        return MessageOctets.of(ref.size(), () -> bodies.read(ref, 0, ref.size()));
    }

    /** The message without the Authentication-Results fields that claim to be ours; nearly always the very same body. */
    Future<Body> withoutClaims(String authservId, BodyStore bodies) {
        List<RawField> claims = ForeignResults.claiming(header, authservId);
        if (claims.isEmpty()) {
            return Future.succeededFuture(body);
        }
        byte[] cleaned = ForeignResults.without(start, start.length, claims);
        return body instanceof Body.Inline
                ? Future.succeededFuture(new Body.Inline(cleaned))
                : bodies.create().compose(writer -> store(writer, cleaned, bodies));
    }

    private Future<Body> store(BodyStore.BodyWriter writer, byte[] cleaned, BodyStore bodies) {
        return writer.write(Buffer.buffer(cleaned))
                .compose(written -> rest(bodies))
                .compose(stream -> stream.pipe().endOnComplete(false).to(writer))
                .compose(piped -> writer.finish())
                .<Body>map(Body.Stored::new)
                .recover(cause -> writer.discard().transform(discarded -> Future.failedFuture(cause)));
    }

    private Future<ReadStream<Buffer>> rest(BodyStore bodies) {
        BodyRef ref = ((Body.Stored) body).ref();
        return bodies.read(ref, start.length, ref.size() - start.length);
    }
}

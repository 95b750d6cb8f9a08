package org.facteur.egress;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.BodyRef;
import org.facteur.mail.record.Outbound;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.kafka.MailRecord;

/** The bytes of a message to send: trace fields and signatures, then the body, inline or streamed. */
final class MessageSource {
    private final Buffer prepend;
    private final Body body;
    private final BodyStore bodies;

    MessageSource(MailRecord<Outbound> message, BodyStore bodies) {
        this.prepend = Buffer.buffer(message.envelope().prepend().getBytes(StandardCharsets.UTF_8));
        this.body = message.body();
        this.bodies = bodies;
    }

    long size() {
        return prepend.length() + body.size();
    }

    /** Hands slice after slice to {@code write}, the next when the former has been taken. */
    Future<Void> writeTo(Function<Buffer, Future<Void>> write) {
        return write.apply(prepend).compose(begun -> {
            if (body instanceof Body.Inline inline) {
                return write.apply(Buffer.buffer(inline.bytes()));
            }
            BodyRef ref = ((Body.Stored) body).ref();
            return bodies.read(ref, 0, ref.size()).compose(stream -> pump(stream, write));
        });
    }

    private static Future<Void> pump(ReadStream<Buffer> stream, Function<Buffer, Future<Void>> write) {
        return Future.future(done -> {
            stream.exceptionHandler(done::tryFail);
            stream.endHandler(end -> done.tryComplete());
            stream.handler(slice -> {
                stream.pause();
                write.apply(slice).onSuccess(written -> stream.resume()).onFailure(done::tryFail);
            });
        });
    }
}

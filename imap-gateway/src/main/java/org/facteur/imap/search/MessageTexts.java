package org.facteur.imap.search;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.facteur.imap.fetch.TransferEncoding;
import org.facteur.imap.store.Content;
import org.facteur.imap.store.Email;
import org.facteur.imap.store.Part;
import org.facteur.platform.body.BodyStore;

/**
 * Reads what is searched in a message. Of a large message only its first {@link #MAX_LARGE} octets are searched: its texts
 * stand before its attachments.
 */
final class MessageTexts {
    private static final int MAX_LARGE = 1 << 20;

    private final BodyStore bodies;

    MessageTexts(BodyStore bodies) {
        this.bodies = bodies;
    }

    Future<MessageText> read(Email email, Content content) {
        if (content instanceof Content.Held held) {
            return Future.succeededFuture(of(email, held.octets()));
        }
        Content.Stored stored = (Content.Stored) content;
        int length = (int) Math.min(MAX_LARGE, stored.body().size());
        return bodies.readFully(stored.body(), 0, length).map(body -> {
            byte[] octets = Arrays.copyOf(stored.trace(), stored.trace().length + length);
            body.getBytes(octets, stored.trace().length);
            return of(email, octets);
        });
    }

    private static MessageText of(Email email, byte[] octets) {
        Part whole = email.parts().find().apply(List.of()).orElseThrow();
        List<String> texts = new ArrayList<>();
        for (Part leaf : email.parts().leaves().get()) {
            if (leaf.type().startsWith("text/") && leaf.bodyStart() < octets.length) {
                texts.add(text(leaf, octets));
            }
        }
        return new MessageText(fields(slice(octets, whole.headerStart(), whole.bodyStart())), texts);
    }

    private static String text(Part part, byte[] octets) {
        byte[] body = slice(octets, part.bodyStart(), part.end());
        return new String(
                TransferEncoding.decode(part.encoding(), body).orElse(body), EncodedWords.charset(part.charset()));
    }

    /** The fields of a header, unfolded and decoded; UTF-8 in it is taken as that (RFC 6532). */
    static List<MessageText.Field> fields(byte[] header) {
        List<MessageText.Field> fields = new ArrayList<>();
        String text = new String(header, StandardCharsets.UTF_8);
        for (String field : text.replaceAll("\r?\n([ \t])", "$1").split("\r?\n")) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                fields.add(new MessageText.Field(
                        field.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        EncodedWords.decode(field.substring(colon + 1).strip())));
            }
        }
        return fields;
    }

    private static byte[] slice(byte[] octets, long from, long to) {
        int start = (int) Math.min(octets.length, from);
        return Arrays.copyOfRange(octets, start, (int) Math.max(start, Math.min(octets.length, to)));
    }
}

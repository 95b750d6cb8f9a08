package org.facteur.egress;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads replies out of the bytes of a connection, cut anywhere.
 *
 * <pre>Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF</pre>
 */
final class ReplyReader {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 200;

    private final Consumer<SmtpReply> replies;
    private final Consumer<String> malformed;
    private final List<String> lines = new ArrayList<>();
    private Buffer pending = Buffer.buffer();

    ReplyReader(Consumer<SmtpReply> replies, Consumer<String> malformed) {
        this.replies = replies;
        this.malformed = malformed;
    }

    /** Takes the next bytes. */
    void read(Buffer bytes) {
        Buffer all = pending.appendBuffer(bytes);
        int start = 0;
        for (int i = 0; i < all.length(); i++) {
            if (all.getByte(i) == '\n') {
                line(printable(all.getString(start, i, StandardCharsets.UTF_8.name())));
                if (pending != all) {
                    return; // whoever got the reply has reset
                }
                start = i + 1;
            }
        }
        pending = all.getBuffer(start, all.length());
        if (pending.length() > LONGEST_LINE || lines.size() > MOST_LINES) {
            malformed.accept("a reply that never ends");
        }
    }

    /** Throws away what is no complete reply yet: what came in the clear must not count under TLS (RFC 3207). */
    void reset() {
        lines.clear();
        pending = Buffer.buffer();
    }

    /** Without control characters: the text goes into logs, bounces and the database, which takes no NUL. */
    private static String printable(String line) {
        return line.stripTrailing().replaceAll("\\p{Cntrl}", " ");
    }

    private void line(String line) {
        boolean coded = line.length() >= 3 && line.substring(0, 3).matches("[2-5]\\d\\d");
        if (!coded || line.length() > 3 && line.charAt(3) != ' ' && line.charAt(3) != '-') {
            malformed.accept("not an SMTP reply: " + line.substring(0, Math.min(80, line.length())));
            return;
        }
        lines.add(line.length() > 4 ? line.substring(4) : "");
        if (line.length() == 3 || line.charAt(3) == ' ') {
            SmtpReply reply = new SmtpReply(Integer.parseInt(line.substring(0, 3)), List.copyOf(lines));
            lines.clear();
            replies.accept(reply);
        }
    }
}

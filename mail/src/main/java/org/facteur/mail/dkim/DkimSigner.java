package org.facteur.mail.dkim;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Signs messages: relaxed/relaxed, whole body, every listed field that is there, From once more than it is there, so that no
 * second one can be added on the way (RFC 6376 section 8.15). Safe for several threads.
 */
public final class DkimSigner {
    /** The fields to sign where they are there (RFC 6376 section 5.4.1, RFC 2369, RFC 8058). */
    public static final List<String> FIELDS = List.of(
            "From",
            "Sender",
            "Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "To",
            "Cc",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "Content-ID",
            "Content-Description",
            "Resent-Date",
            "Resent-From",
            "Resent-Sender",
            "Resent-To",
            "Resent-Cc",
            "Resent-Message-ID",
            "In-Reply-To",
            "References",
            "List-Id",
            "List-Help",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "List-Subscribe",
            "List-Post",
            "List-Owner",
            "List-Archive",
            "Feedback-ID");

    private final Clock clock;

    /** A signer that takes t= from {@code clock}. */
    public DkimSigner(Clock clock) {
        this.clock = clock;
    }

    /** Signs the message in {@code bytes[from, to)}: complete DKIM-Signature fields with CRLF, one per key, to prepend. */
    public String sign(byte[] bytes, int from, int to, List<DkimSigningKey> keys) {
        RawHeader header = RawHeader.parse(bytes, from, to);
        return sign(header, BodyHasher.relaxed(bytes, header.bodyStart(), to), keys);
    }

    /**
     * Signs a message whose body was hashed before ({@link BodyHasher.Form#RELAXED}), or whose header is put together.
     * Fails with IllegalStateException where a key does not fit its algorithm.
     */
    public String sign(RawHeader header, BodyHash body, List<DkimSigningKey> keys) {
        List<String> names = new ArrayList<>();
        for (String name : FIELDS) {
            int count = header.fields(name.toLowerCase(Locale.ROOT)).size() + (name.equals("From") ? 1 : 0);
            for (int i = 0; i < count; i++) {
                names.add(name);
            }
        }
        StringBuilder fields = new StringBuilder(1024);
        for (DkimSigningKey key : keys) {
            fields.append(field(header, body, names, key));
        }
        return fields.toString();
    }

    private String field(RawHeader header, BodyHash body, List<String> names, DkimSigningKey key) {
        StringBuilder out = new StringBuilder(700);
        out.append("DKIM-Signature: v=1; a=").append(key.algorithm().text()).append("; c=relaxed/relaxed;\r\n\td=");
        out.append(key.domain()).append("; s=").append(key.selector());
        out.append("; t=").append(clock.instant().getEpochSecond()).append(";\r\n\th=");
        Folding.join(out, names, ':');
        out.append(";\r\n\tbh=").append(Base64.getEncoder().encodeToString(body.sha256()));
        out.append(";\r\n\tb=");
        List<String> lowerNames =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        Bytes input = HeaderHash.input(Canonicalization.RELAXED, header, lowerNames, RawField.of(out + "\r\n"));
        byte[] signature = Signatures.sign(key.algorithm(), key.key(), input);
        Folding.text(out, Base64.getEncoder().encodeToString(signature));
        return out.append("\r\n").toString();
    }
}

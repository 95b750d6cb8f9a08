package org.facteur.mail.address;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox address of the SMTP envelope (RFC 5321 section 4.1.2, RFC 6531 section 3.3).
 *
 * @param local the local part without quoting, in its original case
 * @param domain the domain as written (U-labels or A-labels, any case), or an address literal with its brackets
 */
public record EmailAddress(String local, String domain) {
    /**
     * Longest address that is taken, in UTF-16 units. A path of RFC 5321 section 4.5.3.1.3 has 256 octets; its limit of 64 for
     * the local part is not kept, because variable envelope return paths pass it every day.
     */
    static final int MAX_LENGTH = 320;

    /** Throws IllegalArgumentException when a part is not valid; {@link #parse} is the way in for text from outside. */
    public EmailAddress {
        if (!LocalPart.valid(local) || !MailDomain.valid(domain)) {
            throw new IllegalArgumentException("no mailbox address: " + local + "@" + domain);
        }
    }

    /** Parses {@code local-part "@" ( Domain / address-literal )}, without angle brackets; empty when it is not one. */
    public static Optional<EmailAddress> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int at = LocalPart.end(text);
        if (at <= 0 || at >= text.length() || text.charAt(at) != '@') {
            return Optional.empty();
        }
        String local = LocalPart.unquote(text.substring(0, at));
        String domain = text.substring(at + 1);
        if (!LocalPart.valid(local) || !MailDomain.valid(domain)) {
            return Optional.empty();
        }
        return Optional.of(new EmailAddress(local, domain));
    }

    /**
     * Parses {@code "<" [ A-d-l ":" ] Mailbox ">"} with or without the brackets. A source route is read and dropped (RFC 5321
     * section 4.1.1.3).
     */
    public static Optional<EmailAddress> parsePath(String text) {
        String inner = text;
        if (inner.startsWith("<")) {
            if (!inner.endsWith(">")) {
                return Optional.empty();
            }
            inner = inner.substring(1, inner.length() - 1);
        }
        if (inner.startsWith("@")) {
            int colon = inner.indexOf(':');
            if (colon < 0) {
                return Optional.empty();
            }
            inner = inner.substring(colon + 1);
        }
        return parse(inner);
    }

    /** The key of this address in the directory: lower case, domain in A-labels, local part quoted only where it must be. */
    public String normalized() {
        String lower = local.toLowerCase(Locale.ROOT);
        String composed = Ascii.only(lower) ? lower : Normalizer.normalize(lower, Normalizer.Form.NFC);
        return LocalPart.quote(composed) + "@" + asciiDomain();
    }

    /** The domain in lower case and A-labels (RFC 5890 section 2.3.2.1); an address literal in lower case. */
    public String asciiDomain() {
        return MailDomain.toAscii(domain);
    }

    /** What follows the first {@code +} of the local part (plus-addressing, RFC 5233's detail). */
    public Optional<String> detail() {
        int plus = local.indexOf('+');
        return plus > 0 ? Optional.of(local.substring(plus + 1)) : Optional.empty();
    }

    /** This address without {@code +detail}; itself when it has none. */
    public EmailAddress withoutDetail() {
        int plus = local.indexOf('+');
        return plus > 0 ? new EmailAddress(local.substring(0, plus), domain) : this;
    }

    /** Whether the domain is an address literal, such as {@code [192.0.2.1]}. */
    public boolean isLiteral() {
        return domain.startsWith("[");
    }

    /** Whether the peer must offer SMTPUTF8 to take this address: its local part is not ASCII (RFC 6531 section 3.3). */
    public boolean needsSmtpUtf8() {
        return !Ascii.only(local);
    }

    /** The address on the wire, the local part quoted where it must be and the domain as written. */
    @Override
    public String toString() {
        return LocalPart.quote(local) + "@" + domain;
    }
}

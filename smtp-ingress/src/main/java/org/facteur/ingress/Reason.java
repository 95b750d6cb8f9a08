package org.facteur.ingress;

import java.util.Locale;
import java.util.Optional;

/** What a message, a recipient or a log-in was refused for; the label of {@code facteur_smtp_refused_total}. */
public enum Reason {
    /** The verdict, for SPF. */
    SPF,
    /** The verdict, for DKIM. */
    DKIM,
    /** The verdict, for DMARC. */
    DMARC,
    /** The verdict, for the reverse DNS of the client. */
    IPREV,
    /** The verdict, for a blocklist. */
    DNSBL,
    /** The verdict, for what a scanner found in the content. */
    CONTENT,
    /** The recipient is unknown, or leads nowhere. */
    RECIPIENT,
    /** The recipient is elsewhere and the client is nobody of ours. */
    RELAY,
    /** The message or its header is too large. */
    SIZE,
    /** The mailbox is full. */
    QUOTA,
    /** A command, a parameter or the message is malformed. */
    SYNTAX,
    /** No log-in, or a wrong one. */
    LOGIN,
    /** Not now: something is not there, or a limit is reached. */
    BUSY,
    /** Anything else. */
    OTHER;

    /** The label's value. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the reply code alone says (RFC 5321 section 4.2): 4xx is a state of the server, x0x of a 5xx and 555 are about
     * syntax. Empty where nothing is refused: up to 3xx, and for a command that is out of order.
     */
    static Optional<Reason> of(int code) {
        if (code < 400 || code == 503) {
            return Optional.empty();
        }
        return Optional.of(code < 500 ? BUSY : code < 510 || code == 555 ? SYNTAX : OTHER);
    }

    /** The method of a verdict; one that this version does not know is {@link #OTHER}. */
    static Reason ofMethod(String method) {
        return switch (method) {
            case "spf" -> SPF;
            case "dkim" -> DKIM;
            case "dmarc" -> DMARC;
            case "iprev" -> IPREV;
            case "dnsbl" -> DNSBL;
            case "rspamd", "clamd" -> CONTENT;
            default -> OTHER;
        };
    }
}

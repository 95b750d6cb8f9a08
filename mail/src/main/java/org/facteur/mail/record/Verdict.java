package org.facteur.mail.record;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Value on {@link Topic#VERDICTS}: what becomes of a received message.
 *
 * @param id the message's id
 * @param decision accept, quarantine or reject
 * @param code SMTP reply code of a reject, 0 otherwise
 * @param enhanced enhanced status code of a reject (RFC 3463), empty otherwise
 * @param text the sentence for the sender's administrator, empty unless rejected
 * @param method what a reject is for, as Authentication-Results names it: {@code spf}, {@code dkim}, {@code dmarc},
 *     {@code iprev}, {@code dnsbl}, {@code rspamd} or {@code clamd}; empty unless rejected, and in the records of versions
 *     that did not tell it
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Verdict(String id, Decision decision, int code, String enhanced, String text, String method) {
    /** Fills in what JSON leaves out. */
    public Verdict {
        enhanced = enhanced == null ? "" : enhanced;
        text = text == null ? "" : text;
        method = method == null ? "" : method;
    }

    /** What becomes of a message. */
    public enum Decision {
        /** To the inbox. */
        ACCEPT,
        /** To Junk. */
        QUARANTINE,
        /** Refused in the session. */
        REJECT
    }

    /** Accepts a message. */
    public static Verdict accept(String id) {
        return new Verdict(id, Decision.ACCEPT, 0, "", "", "");
    }

    /** Sends a message to Junk. */
    public static Verdict quarantine(String id) {
        return new Verdict(id, Decision.QUARANTINE, 0, "", "", "");
    }

    /** Refuses a message for what a method found; {@code code} is 4xx or 5xx. */
    public static Verdict reject(String id, String method, int code, String enhanced, String text) {
        return new Verdict(id, Decision.REJECT, code, enhanced, text, method);
    }
}

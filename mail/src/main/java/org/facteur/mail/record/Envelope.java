package org.facteur.mail.record;

/** What every mail record says about its message, whatever the topic. */
public sealed interface Envelope permits Received, Submitted, Deliver, Outbound, ReportMail, VerifyRequest {
    /** The form's version; a reader takes its own and all older ones. */
    int version();

    /** The platform's id of the message. */
    String id();

    /**
     * Trace header fields (complete lines with CRLF, the newest first) that stand before the message's own header from here
     * on; empty when there are none. They are kept apart so that the received bytes are never copied or touched.
     */
    String prepend();

    /** The reverse-path of the transaction (RFC 5321 section 4.1.1.2); empty for the null reverse-path. */
    String reversePath();
}

package org.facteur.egress;

import java.util.ArrayList;
import java.util.List;

/**
 * What one attempt came to, recipient by recipient; the one type for it everywhere.
 *
 * @param delivered the other side took responsibility
 * @param temporary to be tried again
 * @param permanent to be bounced
 * @param host that answered, or the domain where none did
 * @param tls protocol and cipher suite, empty without TLS
 * @param tried the host that was tried last, whether it answered or not; the domain where there was none to try
 */
record Outcome(
        List<String> delivered,
        List<Failure> temporary,
        List<Failure> permanent,
        String host,
        String tls,
        String tried) {
    /** All that {@link #word} can say. */
    static final List<String> WORDS = List.of("sent", "deferred", "bounced");

    /**
     * A recipient that was not taken.
     *
     * @param status enhanced status code
     * @param text the reply as it came, or what went wrong before there was one
     * @param reply its class
     */
    record Failure(String recipient, String status, String text, ReplyClass reply) {}

    /**
     * No host took the message up.
     *
     * @param reply whether the last one said so or nobody answered
     */
    static Outcome allTemporary(List<String> recipients, String domain, String tried, ReplyClass reply, String text) {
        return new Outcome(List.of(), failures(recipients, "4.4.1", text, reply), List.of(), domain, "", tried);
    }

    /** Decided without a reply. */
    static Outcome allPermanent(List<String> recipients, String host, String status, String text) {
        return new Outcome(List.of(), List.of(), failures(recipients, status, text, ReplyClass.NONE), host, "", host);
    }

    /** The host refuses all mail of ours. */
    static Outcome refused(List<String> recipients, String host, SmtpReply reply) {
        return new Outcome(
                List.of(),
                List.of(),
                failures(recipients, reply.enhanced(), reply.text(), ReplyClass.PERMANENT),
                host,
                "",
                host);
    }

    /** One word for metrics and journeys. */
    String word() {
        if (!temporary.isEmpty()) {
            return "deferred";
        }
        return permanent.isEmpty() ? "sent" : "bounced";
    }

    /** One line for a person. */
    String detail() {
        StringBuilder text = new StringBuilder(host);
        if (!tls.isEmpty()) {
            text.append(" with ").append(tls);
        }
        List<Failure> all = new ArrayList<>(permanent);
        all.addAll(temporary);
        all.stream().findFirst().ifPresent(failure -> text.append(": ").append(failure.text()));
        return text.toString();
    }

    private static List<Failure> failures(List<String> recipients, String status, String text, ReplyClass reply) {
        return recipients.stream()
                .map(recipient -> new Failure(recipient, status, text, reply))
                .toList();
    }
}

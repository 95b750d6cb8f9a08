package org.facteur.egress;

import java.util.ArrayList;
import java.util.List;

/** The recipients of a transaction and the reply that each has got so far. */
record Recipients(
        List<String> accepted, List<Outcome.Failure> temporary, List<Outcome.Failure> permanent, boolean taken) {

    /**
     * Sorts by the replies to MAIL and RCPT.
     *
     * @param replies to MAIL first, then to each RCPT
     */
    static Recipients of(List<String> recipients, List<SmtpReply> replies) {
        Recipients result = new Recipients(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), false);
        for (int i = 0; i < recipients.size(); i++) {
            SmtpReply reply = replies.get(0).isPositive() ? replies.get(i + 1) : replies.get(0);
            if (reply.isPositive()) {
                result.accepted.add(recipients.get(i));
            } else {
                result.fail(recipients.get(i), reply);
            }
        }
        return result;
    }

    /** After the reply to DATA or to the end of data, which is for all that were accepted. */
    Recipients answered(SmtpReply reply) {
        Recipients result = new Recipients(accepted, temporary, permanent, reply.isPositive());
        if (!reply.isPositive()) {
            accepted.forEach(recipient -> result.fail(recipient, reply));
        }
        return result;
    }

    Outcome outcome(String host, String tls) {
        return new Outcome(
                taken ? List.copyOf(accepted) : List.of(),
                List.copyOf(temporary),
                List.copyOf(permanent),
                host,
                tls,
                host);
    }

    private void fail(String recipient, SmtpReply reply) {
        ReplyClass kind = reply.isPermanent() ? ReplyClass.PERMANENT : ReplyClass.TEMPORARY;
        (reply.isPermanent() ? permanent : temporary)
                .add(new Outcome.Failure(recipient, reply.enhanced(), reply.text(), kind));
    }
}

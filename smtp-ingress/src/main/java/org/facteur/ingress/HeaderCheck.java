package org.facteur.ingress;

import org.facteur.mail.header.HeaderFields;

/** What the header alone can be refused for. */
final class HeaderCheck {
    private static final int MOST_HOPS = 50;

    private HeaderCheck() {}

    /**
     * The whole header of a message, every field of it told apart. Fails where it is longer than can be looked at, since a
     * field behind that would be judged by nobody, and where it shows a loop (RFC 5321 section 6.3).
     */
    static HeaderFields check(Intake intake) {
        intake.failure().ifPresent(reply -> {
            throw new Refusal(reply); // what was kept is a part of the header only
        });
        HeaderFields header = HeaderFields.parse(intake.head(), 0, intake.headLength());
        boolean endsInHead = header.fieldsEnd() < header.bodyStart() || intake.size() == intake.headLength();
        if (!endsInHead) {
            throw new Refusal(Reason.SIZE, 552, "5.3.4", "the header is longer than " + Intake.MOST_HEADER + " octets");
        }
        if (header.fields().size() > HeaderFields.MAX_FIELDS) {
            throw new Refusal(
                    Reason.SIZE, 552, "5.3.4", "the header has more than " + HeaderFields.MAX_FIELDS + " fields");
        }
        if (header.count("Received") > MOST_HOPS) {
            throw new Refusal(554, "5.4.6", "the message has passed more than " + MOST_HOPS + " servers, it loops");
        }
        return header;
    }
}

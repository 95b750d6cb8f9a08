package org.facteur.ingress;

import org.facteur.mail.header.HeaderFields;

/** What the header alone can be refused for. */
final class HeaderCheck {
    private static final int MOST_HOPS = 50;

    private HeaderCheck() {}

    /** The header in the first octets of a message; fails where it shows a loop (RFC 5321 section 6.3). */
    static HeaderFields check(Intake intake) {
        HeaderFields header = HeaderFields.parse(intake.head(), 0, intake.headLength());
        if (header.count("Received") > MOST_HOPS) {
            throw new Refusal(554, "5.4.6", "the message has passed more than " + MOST_HOPS + " servers, it loops");
        }
        return header;
    }
}

package org.facteur.mail.dkim;

import java.util.List;

/** What a look-up of a key record found. */
public sealed interface DkimKeyAnswer {
    /** A key record. */
    record Found(DkimKeyRecord key) implements DkimKeyAnswer {}

    /** There is none, or none that can be read; {@code reason} is a few words. */
    record Unusable(String reason) implements DkimKeyAnswer {}

    /** DNS did not answer; a later try may. */
    record Unavailable(String reason) implements DkimKeyAnswer {}

    /** The first key record among the TXT records of a name, each with its strings joined (RFC 6376 section 3.6.2.2). */
    static DkimKeyAnswer of(List<String> txt) {
        DkimKeyAnswer answer = new Unusable("no key");
        for (String text : txt) {
            try {
                return new Found(DkimKeyRecord.parse(text));
            } catch (TagSyntaxException e) {
                answer = new Unusable("bad key record: " + e.getMessage());
            }
        }
        return answer;
    }
}

package org.facteur.mailbox.store;

import java.util.List;

/** Keywords as one text: they are atoms (RFC 9051 section 9) and have no spaces. */
public final class Keywords {
    private Keywords() {}

    /** The text; null for none, so that the usual row has no array. */
    public static String joined(List<String> keywords) {
        return keywords.isEmpty() ? null : String.join(" ", keywords);
    }
}

package org.facteur.verifier.content;

/** What a scanner makes of a message. */
public enum Finding {
    /** Nothing is wrong with it. */
    CLEAN("pass"),
    /** It is doubtful; the scanner would have the client wait and try again. */
    GREYLIST("neutral"),
    /** The scanner is well but does not judge this message: it is too large for it. */
    SKIPPED("neutral"),
    /** It is unwanted. */
    JUNK("fail"),
    /** It is not to be taken now. */
    DEFER("fail"),
    /** It is not to be taken at all. */
    REJECT("fail"),
    /** There is no answer, or none that can be read. */
    ERROR("temperror");

    private final String text;

    Finding(String text) {
        this.text = text;
    }

    /** The word in Authentication-Results (RFC 8601 section 2.7). */
    public String text() {
        return text;
    }
}

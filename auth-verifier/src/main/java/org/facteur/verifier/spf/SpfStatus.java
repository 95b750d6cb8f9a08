package org.facteur.verifier.spf;

/** The results of RFC 7208 section 2.6. */
public enum SpfStatus {
    /** There is nothing to check: no domain or no record. */
    NONE("none"),
    /** The domain says nothing about the client. */
    NEUTRAL("neutral"),
    /** The client may send for the domain. */
    PASS("pass"),
    /** The client may not send for the domain. */
    FAIL("fail"),
    /** The client should not send for the domain. */
    SOFTFAIL("softfail"),
    /** DNS trouble; later it may be clear. */
    TEMPERROR("temperror"),
    /** The domain's records cannot be interpreted. */
    PERMERROR("permerror");

    private final String text;

    SpfStatus(String text) {
        this.text = text;
    }

    /** The word in Authentication-Results. */
    public String text() {
        return text;
    }
}

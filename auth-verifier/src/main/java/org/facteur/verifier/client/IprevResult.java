package org.facteur.verifier.client;

/**
 * The outcome of a reverse DNS check.
 *
 * @param name the confirmed name on a pass, the first unconfirmed one on a fail; else empty
 */
public record IprevResult(Status status, String name) {
    /** The results of RFC 8601 section 2.7.3. */
    public enum Status {
        /** A name of the address leads back to it. */
        PASS("pass"),
        /** There are names, but none leads back. */
        FAIL("fail"),
        /** DNS trouble. */
        TEMPERROR("temperror"),
        /** The address has no name. */
        PERMERROR("permerror");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** The word in Authentication-Results. */
        public String text() {
            return text;
        }
    }
}

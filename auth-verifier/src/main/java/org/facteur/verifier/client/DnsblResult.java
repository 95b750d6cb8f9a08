package org.facteur.verifier.client;

/**
 * What one blocklist says about an address.
 *
 * @param zone the list
 * @param code its answer, such as {@code 127.0.0.2}, or one that is an error; empty where there was none
 * @param text what the list tells the listed; may be empty
 */
public record DnsblResult(Status status, String zone, String code, String text) {
    /** Listed or not, in the words of Authentication-Results. */
    public enum Status {
        /** Not listed. */
        PASS("pass"),
        /** Listed. */
        FAIL("fail"),
        /** DNS trouble, or a list that does not answer the question. */
        TEMPERROR("temperror");

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

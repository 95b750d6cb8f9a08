package org.facteur.verifier.content;

import java.util.List;

/**
 * The outcome of one scanner on one message.
 *
 * @param scanner its name, such as {@code rspamd}
 * @param reason why it is not clean, in a few words; empty where the properties say it
 * @param reply what the sender is told where the message is refused; empty where there is nothing to say
 * @param properties what Authentication-Results tells besides
 * @param note a comment there; may be empty
 */
public record ScanResult(
        String scanner, Finding finding, String reason, String reply, List<Property> properties, String note) {
    /** A {@code ptype.property=value} of RFC 8601 section 2.2. */
    public record Property(String name, String value) {}

    /** Nothing was found. */
    static ScanResult clean(String scanner) {
        return plain(scanner, Finding.CLEAN, "");
    }

    /** No answer that can be read. */
    static ScanResult error(String scanner, String reason) {
        return plain(scanner, Finding.ERROR, reason);
    }

    /** No judgement of this message. */
    static ScanResult skipped(String scanner, String reason) {
        return plain(scanner, Finding.SKIPPED, reason);
    }

    private static ScanResult plain(String scanner, Finding finding, String reason) {
        return new ScanResult(scanner, finding, reason, "", List.of(), "");
    }
}

package org.facteur.mailbox.store;

import java.time.LocalDate;

/**
 * A message in the form in which it is written: everything about its bytes is computed, nothing about accounts is known.
 *
 * @param prefix trace fields that stand before the body
 * @param hash SHA-256 of the body
 * @param bodySize octets of the body
 * @param bytes of the body, compressed or not; null where it lies in the body store
 * @param sent day of its Date field, or null
 */
public record Prepared(
        byte[] prefix,
        byte[] hash,
        long bodySize,
        boolean compressed,
        byte[] bytes,
        LocalDate sent,
        byte[] envelope,
        byte[] bodyStructure,
        byte[] body,
        byte[] parts,
        String baseSubject,
        String threadId) {
    /** Octets of the message as a client sees it. */
    public long size() {
        return prefix.length + bodySize;
    }
}

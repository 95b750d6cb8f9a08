package org.facteur.mailbox.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the store keeps of a message beside its octets, computed once at delivery.
 *
 * @param uid in the mailbox that it was asked for
 * @param size octets of the message: the prefix and the body
 * @param prefix trace fields that stand before the body
 * @param bodyHash SHA-256 of the body
 * @param bodySize octets of the body
 * @param internalDate when it arrived
 * @param saved when it came into the mailbox
 * @param sent day of its Date field, as the field says it
 * @param envelope ENVELOPE as it stands on the wire
 * @param bodyStructure BODYSTRUCTURE as it stands on the wire
 * @param body BODY as it stands on the wire
 * @param parts the encoded part index over prefix and body
 */
public record EmailRow(
        long uid,
        long email,
        long size,
        byte[] prefix,
        byte[] bodyHash,
        long bodySize,
        Instant internalDate,
        Instant saved,
        Optional<LocalDate> sent,
        byte[] envelope,
        byte[] bodyStructure,
        byte[] body,
        byte[] parts,
        String emailId,
        String threadId) {}

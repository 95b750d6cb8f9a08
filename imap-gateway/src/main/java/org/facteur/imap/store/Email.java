package org.facteur.imap.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the store keeps of a message beside its octets.
 *
 * @param uid in the mailbox that it was asked for
 * @param size octets of the message
 * @param internalDate when it arrived
 * @param saved when it came into the mailbox
 * @param sent day of its Date field, as the field says it
 * @param envelope ENVELOPE as it stands on the wire, with its parentheses
 * @param bodyStructure BODYSTRUCTURE as it stands on the wire
 * @param body BODY as it stands on the wire
 * @param emailId the same for copies of the message
 * @param threadId the same for messages of a conversation
 * @param content names the octets, for the store alone
 * @param parts its MIME structure
 */
public record Email(
        int uid,
        long size,
        Instant internalDate,
        Instant saved,
        Optional<LocalDate> sent,
        byte[] envelope,
        byte[] bodyStructure,
        byte[] body,
        String emailId,
        Optional<String> threadId,
        Object content,
        Parts parts) {}

package org.facteur.imap.store;

import java.util.Optional;

/**
 * A mailbox with what STATUS tells of it.
 *
 * @param id its number in the store
 * @param name full name, levels separated by a slash
 * @param uidValidity RFC 9051 section 2.3.1.1
 * @param uidNext the UID that the next message gets at least
 * @param modseq highest modification sequence
 * @param messages how many
 * @param unseen how many without \Seen
 * @param deleted how many with \Deleted
 * @param size octets of all messages
 * @param specialUse attribute of RFC 6154, such as {@code \Sent}
 */
public record Mailbox(
        long id,
        String name,
        long uidValidity,
        long uidNext,
        long modseq,
        long messages,
        long unseen,
        long deleted,
        long size,
        Optional<String> specialUse) {}

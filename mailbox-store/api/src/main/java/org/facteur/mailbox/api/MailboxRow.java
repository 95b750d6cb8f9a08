package org.facteur.mailbox.api;

import java.util.Optional;

/**
 * A mailbox with what STATUS tells of it.
 *
 * @param name full name, levels separated by a slash
 * @param specialUse attribute of RFC 6154, such as {@code \Sent}
 */
public record MailboxRow(
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

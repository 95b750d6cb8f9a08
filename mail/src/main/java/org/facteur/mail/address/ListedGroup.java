package org.facteur.mail.address;

import java.util.List;

/**
 * A group, {@code name: member, member;} (RFC 5322 section 3.4).
 *
 * @param name the group's display name, quoting removed, encoded words kept
 * @param mailboxes the members; none in {@code undisclosed-recipients:;}
 */
public record ListedGroup(String name, List<ListedMailbox> mailboxes) implements ListedAddress {
    /** Keeps a copy of the members. */
    public ListedGroup {
        mailboxes = List.copyOf(mailboxes);
    }
}

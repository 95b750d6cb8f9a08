package org.facteur.mail.address;

import java.util.List;

/** One entry of an address list: a mailbox or a group of them (RFC 5322 section 3.4). */
public sealed interface ListedAddress permits ListedMailbox, ListedGroup {
    /** The mailboxes of this entry: itself, or the members of the group, which may be none. */
    List<ListedMailbox> mailboxes();
}

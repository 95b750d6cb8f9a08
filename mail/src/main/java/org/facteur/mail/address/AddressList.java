package org.facteur.mail.address;

import java.util.List;

/**
 * The value of an address field such as From, To or Cc (RFC 5322 sections 3.4 and 4.4). Whatever the text is, a list comes out
 * of it, in linear time and of at most {@link #MAX_ENTRIES}; what cannot be an address shows as a mailbox without a domain.
 *
 * @param entries mailboxes and groups in the order of the field
 */
public record AddressList(List<ListedAddress> entries) {
    /** Mailboxes and groups that a list may have, members of groups included. */
    public static final int MAX_ENTRIES = 10_000;
    /** The list without entries. */
    public static final AddressList EMPTY = new AddressList(List.of());

    /** Keeps a copy of the entries. */
    public AddressList {
        entries = List.copyOf(entries);
    }

    /**
     * Parses a field's value, folded or not. The characters of the text appear in the result unchanged, so a text of one
     * character per octet (ISO 8859-1) gives back the octets of the field.
     */
    public static AddressList parse(String value) {
        return parse(value, MAX_ENTRIES);
    }

    /** As {@link #parse(String)}, with another bound than {@link #MAX_ENTRIES}. */
    public static AddressList parse(String value, int maxEntries) {
        return new AddressList(new AddressListParser(value, maxEntries).parse());
    }

    /** How many mailboxes and groups there are, members of groups included. */
    public int size() {
        int size = entries.size();
        for (ListedAddress entry : entries) {
            size += entry instanceof ListedGroup group ? group.mailboxes().size() : 0;
        }
        return size;
    }

    /** All mailboxes, those of groups included. */
    public List<ListedMailbox> mailboxes() {
        return entries.stream().flatMap(entry -> entry.mailboxes().stream()).toList();
    }
}

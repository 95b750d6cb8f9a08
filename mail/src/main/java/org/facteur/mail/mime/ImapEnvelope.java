package org.facteur.mail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.address.AddressList;
import org.facteur.mail.address.ListedAddress;
import org.facteur.mail.address.ListedGroup;
import org.facteur.mail.address.ListedMailbox;
import org.facteur.mail.header.HeaderField;
import org.facteur.mail.header.HeaderFields;

/**
 * ENVELOPE on the wire (RFC 9051 section 7.5.2): values as they stand in the header, encoded words kept. Addresses beyond
 * {@link AddressList#MAX_ENTRIES} in one response are left out, however many fields or attached messages they come from.
 */
public final class ImapEnvelope {
    private final WireBuffer out;
    private int addressesLeft = AddressList.MAX_ENTRIES;

    /** Writes any number of envelopes, which share the bound on addresses. */
    ImapEnvelope(WireBuffer out) {
        this.out = out;
    }

    /** The envelope of the message with this header. */
    public static byte[] write(HeaderFields header) {
        WireBuffer out = new WireBuffer(512);
        new ImapEnvelope(out).append(header);
        return out.toBytes();
    }

    /** Appends the envelope: {@code (date subject from sender reply-to to cc bcc in-reply-to message-id)}. */
    void append(HeaderFields header) {
        AddressList from = addresses(header, "From");
        AddressList sender = addresses(header, "Sender");
        AddressList replyTo = addresses(header, "Reply-To");
        out.raw('(').nstring(value(header, "Date"));
        out.raw(' ').nstring(value(header, "Subject"));
        write(from);
        write(sender.entries().isEmpty() ? from : sender);
        write(replyTo.entries().isEmpty() ? from : replyTo);
        write(addresses(header, "To"));
        write(addresses(header, "Cc"));
        write(addresses(header, "Bcc"));
        out.raw(' ').nstring(value(header, "In-Reply-To"));
        out.raw(' ').nstring(value(header, "Message-ID")).raw(')');
    }

    private static Optional<String> value(HeaderFields header, String name) {
        return header.first(name).map(HeaderField::octets);
    }

    private AddressList addresses(HeaderFields header, String name) {
        List<HeaderField> fields = header.all(name);
        if (fields.size() == 1) {
            return addresses(fields.get(0));
        }
        List<ListedAddress> entries = new ArrayList<>();
        fields.forEach(field -> entries.addAll(addresses(field).entries()));
        return new AddressList(entries);
    }

    private AddressList addresses(HeaderField field) {
        if (addressesLeft == 0) {
            return AddressList.EMPTY;
        }
        AddressList list = AddressList.parse(field.octets(), addressesLeft);
        addressesLeft -= list.size();
        return list;
    }

    private void write(AddressList list) {
        if (list.entries().isEmpty()) {
            out.raw(" NIL");
            return;
        }
        out.raw(" (");
        for (ListedAddress entry : list.entries()) {
            if (entry instanceof ListedGroup group) {
                out.raw("(NIL NIL ").string(group.name()).raw(" NIL)");
                mailboxes(group.mailboxes());
                out.raw("(NIL NIL NIL NIL)");
            } else {
                mailboxes(entry.mailboxes());
            }
        }
        out.raw(')');
    }

    /** {@code "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"}; a NIL host would begin a group. */
    private void mailboxes(List<ListedMailbox> mailboxes) {
        for (ListedMailbox mailbox : mailboxes) {
            out.raw('(').nstring(mailbox.displayName()).raw(" NIL ");
            out.string(mailbox.local()).raw(' ').string(mailbox.domain()).raw(')');
        }
    }
}

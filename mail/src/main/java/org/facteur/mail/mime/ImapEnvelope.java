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

/** ENVELOPE on the wire (RFC 9051 section 7.5.2): values as they stand in the header, encoded words kept. */
public final class ImapEnvelope {
    private ImapEnvelope() {}

    /** The envelope of the message with this header. */
    public static byte[] write(HeaderFields header) {
        WireBuffer out = new WireBuffer(512);
        write(header, out);
        return out.toBytes();
    }

    /** Appends the envelope: {@code (date subject from sender reply-to to cc bcc in-reply-to message-id)}. */
    public static void write(HeaderFields header, WireBuffer out) {
        AddressList from = addresses(header, "From");
        AddressList sender = addresses(header, "Sender");
        AddressList replyTo = addresses(header, "Reply-To");
        out.raw('(').nstring(value(header, "Date"));
        out.raw(' ').nstring(value(header, "Subject"));
        write(from, out.raw(' '));
        write(sender.entries().isEmpty() ? from : sender, out.raw(' '));
        write(replyTo.entries().isEmpty() ? from : replyTo, out.raw(' '));
        write(addresses(header, "To"), out.raw(' '));
        write(addresses(header, "Cc"), out.raw(' '));
        write(addresses(header, "Bcc"), out.raw(' '));
        out.raw(' ').nstring(value(header, "In-Reply-To"));
        out.raw(' ').nstring(value(header, "Message-ID")).raw(')');
    }

    private static Optional<String> value(HeaderFields header, String name) {
        return header.first(name).map(HeaderField::octets);
    }

    private static AddressList addresses(HeaderFields header, String name) {
        List<HeaderField> fields = header.all(name);
        if (fields.size() == 1) {
            return AddressList.parse(fields.get(0).octets());
        }
        List<ListedAddress> entries = new ArrayList<>();
        fields.forEach(field -> entries.addAll(AddressList.parse(field.octets()).entries()));
        return new AddressList(entries);
    }

    private static void write(AddressList list, WireBuffer out) {
        if (list.entries().isEmpty()) {
            out.raw("NIL");
            return;
        }
        out.raw('(');
        for (ListedAddress entry : list.entries()) {
            if (entry instanceof ListedGroup group) {
                out.raw("(NIL NIL ").string(group.name()).raw(" NIL)");
                mailboxes(group.mailboxes(), out);
                out.raw("(NIL NIL NIL NIL)");
            } else {
                mailboxes(entry.mailboxes(), out);
            }
        }
        out.raw(')');
    }

    /** {@code "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"}; a NIL host would begin a group. */
    private static void mailboxes(List<ListedMailbox> mailboxes, WireBuffer out) {
        for (ListedMailbox mailbox : mailboxes) {
            out.raw('(').nstring(mailbox.displayName()).raw(" NIL ");
            out.string(mailbox.local()).raw(' ').string(mailbox.domain()).raw(')');
        }
    }
}

package org.facteur.mail.address;

import java.util.List;
import java.util.Optional;

/**
 * A mailbox as a header field shows it, whether or not mail could be sent to it.
 *
 * @param displayName the phrase before the angle brackets or, in the old style, the comment behind the address; quoting
 *     removed, encoded words (RFC 2047) kept; empty when there is none
 * @param local the local part without quoting; empty in {@code <>}
 * @param domain the domain or address literal; empty when the list has none
 */
public record ListedMailbox(Optional<String> displayName, String local, String domain) implements ListedAddress {
    @Override
    public List<ListedMailbox> mailboxes() {
        return List.of(this);
    }

    /** The address, when it is one that SMTP could carry. */
    public Optional<EmailAddress> address() {
        return LocalPart.valid(local) && MailDomain.valid(domain)
                ? Optional.of(new EmailAddress(local, domain))
                : Optional.empty();
    }
}

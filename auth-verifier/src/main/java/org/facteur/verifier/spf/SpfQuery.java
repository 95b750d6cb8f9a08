package org.facteur.verifier.spf;

import java.net.InetAddress;
import org.facteur.verifier.AsciiDomain;

/**
 * What is to be checked.
 *
 * @param client address of the SMTP client
 * @param helo the argument of HELO or EHLO
 * @param reversePath without angle brackets; empty for the null reverse-path, where HELO takes its place (section 2.4)
 */
public record SpfQuery(InetAddress client, String helo, String reversePath) {
    /** Whether the reverse-path is what is checked; else it is HELO. */
    public boolean checksMailFrom() {
        return !reversePath.isEmpty();
    }

    /** The domain that is checked, in A-labels; empty where there is none. */
    public String domain() {
        String sender = sender();
        return AsciiDomain.of(sender.substring(sender.lastIndexOf('@') + 1));
    }

    /** The identity with a local part, {@code postmaster} where there is none (section 4.3). */
    String sender() {
        if (!checksMailFrom()) {
            return "postmaster@" + helo;
        }
        int at = reversePath.lastIndexOf('@');
        return at > 0 ? reversePath : "postmaster@" + reversePath.substring(at + 1);
    }
}

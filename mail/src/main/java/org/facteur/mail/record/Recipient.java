package org.facteur.mail.record;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One recipient after resolution in the directory. One RCPT command may give several (an alias with several targets).
 *
 * @param original the forward-path as the client gave it, without source route
 * @param target the account's address (local) or the address to forward to (remote), normalized
 * @param local whether the target is an account of this platform, or {@code reports}
 * @param reports whether the target is no account but takes reports about its domain, see {@link ReportAddress}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Recipient(String original, String target, boolean local, boolean reports) {
    /** An account or an address elsewhere. */
    public Recipient(String original, String target, boolean local) {
        this(original, target, local, false);
    }

    /** An address of ours that takes reports. */
    public static Recipient reports(String original, String target) {
        return new Recipient(original, target, true, true);
    }
}

package org.facteur.mail.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * Value on {@link Topic#OBSERVATIONS}: what DMARC said about one author domain of one message from outside, as an aggregate
 * report to its owner tells it (RFC 9990). Domains are in A-labels, results are the words of RFC 8601.
 *
 * @param id the message's id
 * @param at when it was evaluated
 * @param sourceIp the SMTP client's address in its canonical form
 * @param disposition what DMARC led to: {@code pass}, {@code none}, {@code quarantine} or {@code reject}
 * @param overrides why the disposition is not what the policy asks for; empty where it is
 * @param headerFrom the author domain
 * @param envelopeFrom the domain of the reverse-path; empty for the null reverse-path
 * @param envelopeTo the recipients' domain; empty where they have several
 * @param dkimAligned whether an aligned signature passes
 * @param spfAligned whether SPF passes and is aligned
 * @param dkim the signatures, those that pass first
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record AuthObservation(
        int version,
        String id,
        Instant at,
        String sourceIp,
        String disposition,
        List<Override> overrides,
        String headerFrom,
        String envelopeFrom,
        String envelopeTo,
        boolean dkimAligned,
        boolean spfAligned,
        Spf spf,
        List<Dkim> dkim,
        Published policy) {
    /** The version that this code writes. */
    public static final int VERSION = 1;

    /** Fills in what JSON leaves out. */
    public AuthObservation {
        sourceIp = orEmpty(sourceIp);
        disposition = orEmpty(disposition);
        headerFrom = orEmpty(headerFrom);
        envelopeFrom = orEmpty(envelopeFrom);
        envelopeTo = orEmpty(envelopeTo);
        overrides = overrides == null ? List.of() : List.copyOf(overrides);
        dkim = dkim == null ? List.of() : List.copyOf(dkim);
    }

    /**
     * Why the policy was not followed (RFC 9990 section 3.1.6).
     *
     * @param type such as {@code local_policy} or {@code trusted_forwarder}
     * @param comment a few words; may be empty
     */
    public record Override(String type, String comment) {}

    /**
     * The result of SPF.
     *
     * @param scope {@code mfrom} or {@code helo}
     */
    public record Spf(String domain, String scope, String result) {}

    /**
     * The result of one signature.
     *
     * @param reason a few words; may be empty
     */
    public record Dkim(String domain, String selector, String result, String reason) {}

    /**
     * The policy that was found.
     *
     * @param domain where the record is: the policy domain
     * @param adkim {@code r} or {@code s}
     * @param aspf {@code r} or {@code s}
     * @param testing t=y
     * @param psd {@code y}, {@code n} or {@code u}
     * @param rua URIs that aggregate reports go to
     */
    public record Published(
            String domain,
            String p,
            String sp,
            String np,
            String adkim,
            String aspf,
            boolean testing,
            String psd,
            List<String> rua) {
        /** Copies the list. */
        public Published {
            rua = rua == null ? List.of() : List.copyOf(rua);
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}

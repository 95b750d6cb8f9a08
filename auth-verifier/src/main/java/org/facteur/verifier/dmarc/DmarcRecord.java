package org.facteur.verifier.dmarc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A DMARC record, parsed (RFC 9989 section 4.7). Unknown, removed (pct, rf, ri) and malformed tags are ignored.
 *
 * @param usable false where a policy is not one of the known words and nobody is to be told: then there is no DMARC
 * @param policy p=, for the domain itself; none where it is not said
 * @param subdomains sp=, for existing names below; p= where it is not said
 * @param nonexistent np=, for names below that do not exist; sp= where it is not said
 * @param strictDkim adkim=s
 * @param strictSpf aspf=s
 * @param psd psd=
 * @param testing t=y
 * @param rua where aggregate reports go, as URIs
 */
public record DmarcRecord(
        boolean usable,
        DmarcPolicy policy,
        DmarcPolicy subdomains,
        DmarcPolicy nonexistent,
        boolean strictDkim,
        boolean strictSpf,
        Psd psd,
        boolean testing,
        List<String> rua) {
    /** What a record says about the domain's place in the tree. */
    public enum Psd {
        /** It is a public suffix. */
        YES,
        /** It is an organizational domain, though it may have others below. */
        NO,
        /** Nothing is said. */
        UNKNOWN
    }

    /** Reads a TXT record; empty where it is not of this kind: v= has to come first and be exactly DMARC1. */
    public static Optional<DmarcRecord> parse(String txt) {
        String[] specs = txt.split(";", -1);
        if (!specs[0].strip().matches("[vV][ \\t]*=[ \\t]*DMARC1")) {
            return Optional.empty();
        }
        Map<String, String> tags = new HashMap<>();
        for (String spec : specs) {
            int equals = spec.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(
                        spec.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        spec.substring(equals + 1).strip());
            }
        }
        return Optional.of(of(tags));
    }

    private static DmarcRecord of(Map<String, String> tags) {
        List<String> rua = Arrays.stream(tags.getOrDefault("rua", "").split(","))
                .map(String::strip)
                .filter(uri -> uri.toLowerCase(Locale.ROOT).matches("[a-z][a-z0-9+.-]*:[\\x21-\\x7e]+"))
                .toList();
        boolean known = List.of("p", "sp", "np").stream()
                .allMatch(tag -> !tags.containsKey(tag)
                        || DmarcPolicy.named(tags.get(tag)).isPresent());
        DmarcPolicy policy = policy(tags, "p", DmarcPolicy.NONE, known);
        DmarcPolicy subdomains = policy(tags, "sp", policy, known);
        return new DmarcRecord(
                known || !rua.isEmpty(),
                policy,
                subdomains,
                policy(tags, "np", subdomains, known),
                tags.getOrDefault("adkim", "r").equalsIgnoreCase("s"),
                tags.getOrDefault("aspf", "r").equalsIgnoreCase("s"),
                psd(tags.getOrDefault("psd", "u")),
                tags.getOrDefault("t", "n").equalsIgnoreCase("y"),
                rua);
    }

    private static DmarcPolicy policy(Map<String, String> tags, String tag, DmarcPolicy other, boolean known) {
        return known && tags.containsKey(tag) ? DmarcPolicy.named(tags.get(tag)).orElseThrow() : other(other, known);
    }

    /** A record with a policy that nobody knows counts as p=none (RFC 9989 section 4.10.1). */
    private static DmarcPolicy other(DmarcPolicy other, boolean known) {
        return known ? other : DmarcPolicy.NONE;
    }

    private static Psd psd(String text) {
        return text.equalsIgnoreCase("y") ? Psd.YES : text.equalsIgnoreCase("n") ? Psd.NO : Psd.UNKNOWN;
    }
}

package org.facteur.verifier.results;

import java.util.Base64;
import java.util.Optional;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.mail.dkim.DkimSignature;
import org.facteur.verifier.ClientAddress;
import org.facteur.verifier.arc.ArcFinding;
import org.facteur.verifier.arc.TrustedPass;
import org.facteur.verifier.client.DnsblResult;
import org.facteur.verifier.client.IprevResult;
import org.facteur.verifier.content.ScanResult;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.spf.SpfResult;

/**
 * Writes the field (RFC 8601 section 2.2).
 *
 * <pre>
 * authres-header-field = "Authentication-Results:" authres-payload
 * authres-payload      = [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) [CFWS] CRLF
 * </pre>
 */
public final class AuthenticationResults {
    private AuthenticationResults() {}

    /** The complete field with its CRLF, folded, in ASCII. */
    public static String field(String authservId, Verification verification) {
        FieldText out = new FieldText("Authentication-Results: " + authservId);
        iprev(out, verification);
        spf(out, verification);
        dkim(out, verification);
        for (DmarcResult result : verification.dmarc()) {
            dmarc(out, result, verification.arc());
        }
        arc(out, verification);
        for (DnsblResult result : verification.dnsbl()) {
            dnsbl(out, result);
        }
        for (ScanResult result : verification.scans()) {
            scan(out, result);
        }
        return out.finish();
    }

    private static void iprev(FieldText out, Verification verification) {
        IprevResult result = verification.iprev();
        out.method("iprev", result.status().text())
                .property("policy.iprev", ClientAddress.text(verification.client()))
                .comment(result.name());
    }

    private static void spf(FieldText out, Verification verification) {
        SpfResult result = verification.spf();
        out.method("spf", result.status().text()).reason(result.reason());
        if (result.mailFrom()) {
            out.property("smtp.mailfrom", mailFrom(verification.reversePath(), result.domain()));
        } else {
            out.property("smtp.helo", verification.helo());
        }
    }

    private static void dkim(FieldText out, Verification verification) {
        if (verification.dkim().isEmpty()) {
            out.method("dkim", "none");
        }
        for (DkimResult result : verification.dkim()) {
            out.method("dkim", result.status().text()).reason(result.reason());
            if (result.signature().isPresent()) {
                DkimSignature signature = result.signature().get();
                out.property("header.d", signature.domain())
                        .property("header.s", signature.selector())
                        .property("header.a", signature.algorithm())
                        .property("header.b", start(signature.signature()));
            }
        }
    }

    private static void dmarc(FieldText out, DmarcResult result, ArcFinding arc) {
        Optional<TrustedPass> override = result.status() == DmarcResult.Status.FAIL ? arc.override() : Optional.empty();
        out.method("dmarc", result.status().text())
                .reason(override.map(pass -> "arc.chain of " + pass.sealer()).orElse(result.reason()));
        if (!result.authorDomain().isEmpty()) {
            out.property("header.from", result.authorDomain());
        }
        if (result.record().isPresent()) {
            out.property("policy.dmarc", result.requested().text()).property("policy.domain", result.policyDomain());
        }
        override.ifPresent(pass -> out.comment("policy.arc=override, " + pass.evidence() + " at i=" + pass.instance()));
    }

    /** The properties of RFC 8617 section 10.2. */
    private static void arc(FieldText out, Verification verification) {
        ArcResult chain = verification.arc().chain();
        out.method("arc", chain.status().text()).reason(chain.reason());
        if (verification.arc().isChained()) {
            out.property("smtp.remote-ip", ClientAddress.text(verification.client()));
        }
        if (chain.passes()) {
            out.property("header.oldest-pass", Integer.toString(chain.oldestPass()))
                    .comment("i=" + chain.chain().highest() + " of "
                            + chain.chain()
                                    .sets()
                                    .get(chain.chain().highest() - 1)
                                    .seal()
                                    .domain());
        }
    }

    private static void dnsbl(FieldText out, DnsblResult result) {
        out.method("dnsbl", result.status().text()).property("dns.zone", result.zone());
        if (!result.code().isEmpty()) {
            out.property("policy.ip", result.code());
        }
    }

    /** A method of our own: its name says so. */
    private static void scan(FieldText out, ScanResult result) {
        out.method("x-" + result.scanner(), result.finding().text()).reason(result.reason());
        result.properties().forEach(property -> out.property(property.name(), property.value()));
        out.comment(result.note());
    }

    /** Enough of a signature to tell it from others (RFC 6008 section 4). */
    private static String start(byte[] signature) {
        String base64 = Base64.getEncoder().encodeToString(signature);
        return base64.substring(0, Math.min(8, base64.length()));
    }

    /** The address where it needs no quoting, else its domain alone, which the standard allows too. */
    private static String mailFrom(String reversePath, String domain) {
        return FieldText.isAddress(reversePath) ? reversePath : domain;
    }
}

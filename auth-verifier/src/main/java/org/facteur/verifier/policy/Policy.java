package org.facteur.verifier.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.facteur.mail.record.Verdict;
import org.facteur.verifier.ClientAddress;
import org.facteur.verifier.client.DnsblResult;
import org.facteur.verifier.client.IprevResult;
import org.facteur.verifier.dmarc.Dmarc;
import org.facteur.verifier.dmarc.DmarcPolicy;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;
import org.facteur.verifier.spf.SpfStatus;

/**
 * Turns results into a verdict. The first reason to refuse wins, in the order of the rules below; else the first reason for
 * Junk; else the message is accepted.
 *
 * @param spf what an SPF fail without a DMARC verdict gets
 * @param dmarc whether DMARC is enforced
 * @param iprev what a client address without any PTR gets; with one that does not confirm it is Junk at most
 * @param dnsbl what a listed client gets
 * @param content what the findings of scanners lead to
 */
public record Policy(Action spf, DmarcMode dmarc, Action iprev, Action dnsbl, ContentPolicy content) {
    private static final int LONGEST_TEXT = 400;

    /** The verdict on the message {@code id}. */
    public Verdict decide(String id, Verification found) {
        return Stream.concat(
                        Stream.of(blocklists(id, found), reverseDns(id, found), dmarc(id, found), spf(id, found))
                                .flatMap(Optional::stream),
                        content.decide(id, found.scans()))
                .reduce((first, next) -> strength(next) > strength(first) ? next : first)
                .orElse(Verdict.accept(id));
    }

    private Optional<Verdict> blocklists(String id, Verification found) {
        return found.dnsbl().stream()
                .filter(result -> result.status() == DnsblResult.Status.FAIL)
                .findFirst()
                .flatMap(listed -> verdict(
                        dnsbl,
                        id,
                        "dnsbl",
                        "5.7.1",
                        "client " + ClientAddress.text(found.client()) + " is listed by " + listed.zone() + " as "
                                + listed.code()
                                + (listed.text().isEmpty() ? "; ask that list for removal" : ": " + listed.text())));
    }

    /** RFC 7372 section 3.3 gives the code. Addresses that the public DNS cannot know are not judged by it. */
    private Optional<Verdict> reverseDns(String id, Verification found) {
        IprevResult.Status status = found.iprev().status();
        if (!ClientAddress.isPublic(found.client()) || iprev == Action.NONE) {
            return Optional.empty();
        }
        String client = ClientAddress.text(found.client());
        if (status == IprevResult.Status.PERMERROR) {
            return verdict(
                    iprev,
                    id,
                    "iprev",
                    "5.7.25",
                    "client address " + client
                            + " has no PTR record in the reverse DNS; its network's operator can add one");
        }
        boolean authenticated = strictest(found).status() == DmarcResult.Status.PASS;
        return status == IprevResult.Status.FAIL && !authenticated
                ? Optional.of(Verdict.quarantine(id))
                : Optional.empty();
    }

    private Optional<Verdict> dmarc(String id, Verification found) {
        DmarcResult result = strictest(found);
        boolean overridden = result.status() == DmarcResult.Status.FAIL
                && found.arc().override().isPresent();
        if (dmarc == DmarcMode.NONE || overridden) {
            return Optional.empty();
        }
        return switch (result.status()) {
            case FAIL ->
                result.requested() == DmarcPolicy.REJECT
                        ? Optional.of(Verdict.reject(id, "dmarc", 550, "5.7.26", refusal(result, found)))
                        : result.requested() == DmarcPolicy.QUARANTINE
                                ? Optional.of(Verdict.quarantine(id))
                                : Optional.empty();
            case TEMPERROR ->
                result.dkimAligned() || result.spfAligned()
                        ? Optional.empty()
                        : Optional.of(Verdict.reject(
                                id,
                                "dmarc",
                                451,
                                "4.4.3",
                                "DNS trouble while checking " + result.authorDomain() + ", try again later ("
                                        + line(result.reason()) + ")"));
            case PERMERROR -> result.authorDomain().isEmpty() ? Optional.of(Verdict.quarantine(id)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Verdict> spf(String id, Verification found) {
        DmarcResult.Status status = strictest(found).status();
        boolean verdictOfDmarc = status == DmarcResult.Status.PASS || status == DmarcResult.Status.FAIL;
        if (found.spf().status() != SpfStatus.FAIL || verdictOfDmarc) {
            return Optional.empty();
        }
        String explanation = found.spf().explanation();
        return verdict(
                spf,
                id,
                "spf",
                "5.7.23",
                "SPF of " + found.spf().domain() + " does not permit client " + ClientAddress.text(found.client())
                        + (explanation.isEmpty()
                                ? "; add it to the domain's SPF record or send through a host that is there"
                                : "; the domain explains: " + explanation));
    }

    private static String refusal(DmarcResult result, Verification found) {
        List<String> dkim = found.dkim().stream()
                .map(signature -> signature.status().text()
                        + signature.signature().map(s -> " for " + s.domain()).orElse(""))
                .distinct()
                .toList();
        return line("DMARC policy of " + result.policyDomain() + " refuses this message from " + result.authorDomain()
                + ": SPF is " + found.spf().status().text() + " for "
                + found.spf().domain() + ", DKIM is "
                + (dkim.isEmpty() ? "none" : String.join(", ", dkim)) + ", and no pass is aligned; sign it as "
                + result.authorDomain() + " or send it by a host that its SPF permits");
    }

    private static Optional<Verdict> verdict(Action action, String id, String method, String enhanced, String text) {
        return switch (action) {
            case REJECT -> Optional.of(Verdict.reject(id, method, 550, enhanced, line(text)));
            case JUNK -> Optional.of(Verdict.quarantine(id));
            case NONE -> Optional.empty();
        };
    }

    private static DmarcResult strictest(Verification found) {
        return Dmarc.strictest(found.dmarc());
    }

    /** Permanent refusals go before temporary ones: trying again would not help. */
    private static int strength(Verdict verdict) {
        return switch (verdict.decision()) {
            case ACCEPT -> 0;
            case QUARANTINE -> 1;
            case REJECT -> verdict.code() < 500 ? 2 : 3;
        };
    }

    /** One line of printable ASCII that fits a reply. */
    static String line(String text) {
        String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}

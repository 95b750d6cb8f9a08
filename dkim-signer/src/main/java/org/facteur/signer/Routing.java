package org.facteur.signer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.Outbound;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.ReportMail;
import org.facteur.mail.record.Submitted;

/**
 * Where a submitted message goes: at most one delivery to mailboxes here, and one outbound record for each remote domain,
 * so that each destination is tried, deferred and reported on its own.
 */
record Routing(List<Deliver> local, List<Outbound> remote, List<ReportMail> reports) {

    /** Routes by the resolved recipients; {@code prepend} holds the signatures and trace fields of the signed message. */
    static Routing of(Submitted submitted, String prepend) {
        List<Recipient> here = new ArrayList<>();
        Map<String, List<String>> byDomain = new LinkedHashMap<>();
        List<ReportMail> reports = new ArrayList<>();
        for (Recipient recipient : submitted.recipients()) {
            if (recipient.reports()) {
                reports.add(report(submitted, domainOf(recipient.target()), prepend));
            } else if (recipient.local()) {
                here.add(recipient);
            } else {
                byDomain.computeIfAbsent(domainOf(recipient.target()), domain -> new ArrayList<>())
                        .add(recipient.target());
            }
        }
        return new Routing(
                here.isEmpty() ? List.of() : List.of(delivery(submitted, here, prepend)),
                byDomain.entrySet().stream()
                        .map(entry -> outbound(submitted, entry.getKey(), entry.getValue(), prepend))
                        .toList(),
                reports);
    }

    private static ReportMail report(Submitted submitted, String domain, String prepend) {
        return new ReportMail(
                ReportMail.VERSION,
                submitted.id(),
                submitted.submittedAt(),
                submitted.reversePath(),
                domain,
                domainOf(submitted.account()),
                ReportMail.LOCAL,
                prepend);
    }

    private static Deliver delivery(Submitted submitted, List<Recipient> recipients, String prepend) {
        return new Deliver(
                Deliver.VERSION,
                submitted.id(),
                submitted.submittedAt(),
                submitted.reversePath(),
                recipients,
                Deliver.Disposition.INBOX,
                prepend);
    }

    private static Outbound outbound(Submitted submitted, String domain, List<String> recipients, String prepend) {
        return new Outbound(
                Outbound.VERSION,
                submitted.id(),
                submitted.submittedAt(),
                submitted.account(),
                submitted.reversePath(),
                domain,
                recipients.stream().distinct().toList(),
                submitted.smtputf8(),
                prepend);
    }

    private static String domainOf(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}

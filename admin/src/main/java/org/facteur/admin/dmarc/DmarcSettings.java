package org.facteur.admin.dmarc;

import java.util.List;
import java.util.Optional;
import org.facteur.mail.address.EmailAddress;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;

/**
 * Settings of the DMARC reports that leave.
 *
 * @param reports whether any do
 * @param contact normalized, author of the reports, at an own domain; empty: postmaster of the hostname's domain
 */
public record DmarcSettings(Switch reports, Optional<String> contact) {
    /** On or off. */
    public enum Switch {
        /** Reports are sent. */
        ON,
        /** None are, and nothing is kept for them. */
        OFF
    }

    /** FACTEUR_DMARC_REPORTS. */
    public static final Setting<Switch> REPORTS = Setting.choice(
            "FACTEUR_DMARC_REPORTS",
            Switch.class,
            Switch.ON,
            "Whether domain owners who ask for DMARC reports (rua=) get one each day.");

    /** FACTEUR_DMARC_CONTACT. */
    public static final Setting<Optional<String>> CONTACT = new Setting<>(
            "FACTEUR_DMARC_CONTACT",
            "",
            "an address of an own domain",
            "Author and contact of the DMARC reports that are sent; postmaster of the domain that FACTEUR_HOSTNAME is in,"
                    + " else of the first domain, when not set.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(address(text)));

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(REPORTS, CONTACT);

    /** Reads them. */
    public static DmarcSettings from(Environment environment) {
        return new DmarcSettings(environment.get(REPORTS), environment.get(CONTACT));
    }

    private static String address(String text) {
        return EmailAddress.parse(text)
                .filter(address -> !address.isLiteral())
                .map(EmailAddress::normalized)
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}

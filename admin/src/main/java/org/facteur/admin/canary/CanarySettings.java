package org.facteur.admin.canary;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.address.EmailAddress;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.HostPort;
import org.facteur.platform.config.Setting;

/**
 * Settings of the canary.
 *
 * @param address normalized, of an account that is the canary's alone; empty: there is no canary
 * @param every from one message to the next
 * @param submission where the message is handed in, with STARTTLS
 * @param imap where it is read back, with STARTTLS
 */
public record CanarySettings(Optional<String> address, Duration every, HostPort submission, HostPort imap) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** FACTEUR_CANARY. */
    public static final Setting<Optional<String>> ADDRESS = new Setting<>(
            "FACTEUR_CANARY",
            "",
            "an address of an own domain without a +detail, such as canary@example.org",
            "Account that a message is sent to and read from all the time, to measure the round trip; made by itself, off"
                    + " when not set.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(account(text)));

    /** FACTEUR_CANARY_EVERY. */
    public static final Setting<Duration> EVERY = new Setting<>(
            "FACTEUR_CANARY_EVERY",
            "1m",
            "a duration of at least 1s, such as 20s or 5m",
            "From one message of the canary to the next.",
            CanarySettings::interval);

    /** FACTEUR_CANARY_SUBMISSION. */
    public static final Setting<HostPort> SUBMISSION = new Setting<>(
            "FACTEUR_CANARY_SUBMISSION",
            "smtp-ingress:587",
            "host:port",
            "Where the canary hands its messages in.",
            HostPort::parse);

    /** FACTEUR_CANARY_IMAP. */
    public static final Setting<HostPort> IMAP = new Setting<>(
            "FACTEUR_CANARY_IMAP",
            "imap-gateway:143",
            "host:port",
            "Where the canary reads them back.",
            HostPort::parse);

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(ADDRESS, EVERY, SUBMISSION, IMAP);

    /** Reads them. */
    public static CanarySettings from(Environment environment) {
        return new CanarySettings(
                environment.get(ADDRESS), environment.get(EVERY), environment.get(SUBMISSION), environment.get(IMAP));
    }

    private static String account(String text) {
        return EmailAddress.parse(text)
                .filter(address -> !address.isLiteral() && address.detail().isEmpty())
                .filter(address -> !address.local().equals("*"))
                .map(EmailAddress::normalized)
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static Duration interval(String text) {
        Duration every = Setting.duration(text);
        if (every.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(text);
        }
        return every;
    }
}

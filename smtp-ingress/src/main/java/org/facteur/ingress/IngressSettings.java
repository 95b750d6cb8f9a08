package org.facteur.ingress;

import java.time.Duration;
import java.util.List;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;
import org.facteur.platform.net.NetSettings;

/**
 * Settings of smtp-ingress.
 *
 * @param mxPort from other servers
 * @param submissionPort from mail clients, STARTTLS
 * @param submissionsPort from mail clients, implicit TLS
 * @param maxMessage octets
 * @param verdictTimeout how long the reply to the end of data waits for the verdict
 * @param memory octets of messages under way that may be in memory at once
 */
public record IngressSettings(
        int mxPort, int submissionPort, int submissionsPort, long maxMessage, Duration verdictTimeout, long memory) {
    /** FACTEUR_SMTP_PORT. */
    public static final Setting<Integer> SMTP_PORT =
            Setting.port("FACTEUR_SMTP_PORT", 25, "Port for mail from other servers.");

    /** FACTEUR_SUBMISSION_PORT. */
    public static final Setting<Integer> SUBMISSION_PORT =
            Setting.port("FACTEUR_SUBMISSION_PORT", 587, "Port for mail from mail clients, with STARTTLS.");

    /** FACTEUR_SUBMISSIONS_PORT. */
    public static final Setting<Integer> SUBMISSIONS_PORT =
            Setting.port("FACTEUR_SUBMISSIONS_PORT", 465, "Port for mail from mail clients, with TLS from the start.");

    /** FACTEUR_MAX_MESSAGE. */
    public static final Setting<Long> MAX_MESSAGE = CommonSettings.MAX_MESSAGE;

    /** FACTEUR_VERDICT_TIMEOUT. */
    public static final Setting<Duration> VERDICT_TIMEOUT = Setting.duration(
            "FACTEUR_VERDICT_TIMEOUT",
            "20s",
            "How long the end of DATA waits for the verdict before the mail is taken anyway.");

    /** FACTEUR_INGRESS_MEMORY. */
    public static final Setting<Long> MEMORY = Setting.size(
            "FACTEUR_INGRESS_MEMORY",
            "96M",
            "Octets of messages under way that may be in memory; beyond it clients are told to come again.");

    /** All settings of this service. */
    public static final List<Setting<?>> SETTINGS = settings();

    /** Reads them. */
    public static IngressSettings from(Environment environment) {
        return new IngressSettings(
                environment.get(SMTP_PORT),
                environment.get(SUBMISSION_PORT),
                environment.get(SUBMISSIONS_PORT),
                environment.get(MAX_MESSAGE),
                environment.get(VERDICT_TIMEOUT),
                environment.get(MEMORY));
    }

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new java.util.ArrayList<>(NetSettings.SETTINGS);
        all.addAll(List.of(SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT, MAX_MESSAGE, VERDICT_TIMEOUT, MEMORY));
        return List.copyOf(all);
    }
}

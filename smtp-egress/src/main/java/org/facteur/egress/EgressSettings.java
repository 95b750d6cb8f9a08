package org.facteur.egress;

import java.util.Optional;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.HostPort;
import org.facteur.platform.config.Setting;

/**
 * Settings of smtp-egress.
 *
 * @param hostname what EHLO says
 * @param port at the destination's MX
 * @param smarthost takes everything instead of the MXs
 * @param retry schedule of deferred mail
 * @param connectionsPerDomain at once to one destination domain
 */
record EgressSettings(
        String hostname, int port, Optional<HostPort> smarthost, RetrySchedule retry, int connectionsPerDomain) {
    /** FACTEUR_EGRESS_PORT. */
    static final Setting<Integer> PORT =
            Setting.number("FACTEUR_EGRESS_PORT", 25, 1, 65535, "Port at the destination's MX.");

    /** FACTEUR_EGRESS_SMARTHOST. */
    static final Setting<Optional<HostPort>> SMARTHOST = new Setting<>(
            "FACTEUR_EGRESS_SMARTHOST",
            "",
            "host:port",
            "Takes all outbound mail, instead of each domain's MX.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(HostPort.parse(text)));

    /** FACTEUR_RETRY. */
    static final Setting<RetrySchedule> RETRY = new Setting<>(
            "FACTEUR_RETRY",
            "1m,5m,15m,30m,1h,2h,4h,8h",
            "durations, comma-separated, such as 1m,5m,1h",
            "Pauses before deferred mail is tried again; the last repeats until the message is 5 days old.",
            RetrySchedule::parse);

    /** FACTEUR_EGRESS_CONNECTIONS. */
    static final Setting<Integer> CONNECTIONS =
            Setting.number("FACTEUR_EGRESS_CONNECTIONS", 8, 1, 100, "Connections at once to one destination domain.");

    static EgressSettings from(Environment environment) {
        return new EgressSettings(
                environment.get(CommonSettings.HOSTNAME),
                environment.get(PORT),
                environment.get(SMARTHOST),
                environment.get(RETRY),
                environment.get(CONNECTIONS));
    }
}

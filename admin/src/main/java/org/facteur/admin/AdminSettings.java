package org.facteur.admin;

import java.time.Duration;
import java.util.List;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;

/**
 * Settings of admin.
 *
 * @param port of console and REST API
 * @param token bearer token of the API; never empty in a running service
 * @param journeyRetention how long journeys can be asked for
 * @param reportRetention how long others' reports about our domains can be asked for
 * @param mostOctets the largest message that is explained
 */
public record AdminSettings(
        int port, String token, Duration journeyRetention, Duration reportRetention, long mostOctets) {
    /** FACTEUR_ADMIN_PORT. */
    public static final Setting<Integer> PORT =
            Setting.port("FACTEUR_ADMIN_PORT", 8080, "Port of the console and the REST API.");

    /** FACTEUR_ADMIN_TOKEN. */
    public static final Setting<String> TOKEN = Setting.text(
            "FACTEUR_ADMIN_TOKEN",
            "",
            "Bearer token of the API; made at first start of the standalone run in FACTEUR_DATA/admin-token, required elsewhere.");

    /** FACTEUR_JOURNEYS. */
    public static final Setting<Duration> JOURNEYS =
            Setting.duration("FACTEUR_JOURNEYS", "30d", "How long the journeys of messages are kept.");

    /** FACTEUR_REPORTS. */
    public static final Setting<Duration> REPORTS = Setting.duration(
            "FACTEUR_REPORTS", "400d", "How long others' DMARC and TLS reports about our domains are kept.");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(PORT, TOKEN, JOURNEYS, REPORTS, CommonSettings.MAX_MESSAGE);

    /** Reads them. */
    public static AdminSettings from(Environment environment) {
        return new AdminSettings(
                environment.get(PORT),
                environment.get(TOKEN),
                environment.get(JOURNEYS),
                environment.get(REPORTS),
                environment.get(CommonSettings.MAX_MESSAGE));
    }
}

package org.facteur.verifier.content;

import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.HostPort;
import org.facteur.platform.config.Setting;

/**
 * Which scanners there are.
 *
 * @param rspamd where rspamd is asked; empty where it is not
 * @param rspamdPassword empty where it wants none
 * @param clamd where clamd is asked; empty where it is not
 * @param timeout the most that an answer may take
 */
public record ContentSettings(
        Optional<URI> rspamd, Optional<String> rspamdPassword, Optional<SocketAddress> clamd, Duration timeout) {
    /** FACTEUR_RSPAMD. */
    public static final Setting<Optional<URI>> RSPAMD = new Setting<>(
            "FACTEUR_RSPAMD",
            "",
            "http://host:port",
            "The rspamd that judges incoming messages, by its normal worker.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(server(text)));

    /** FACTEUR_RSPAMD_PASSWORD. */
    public static final Setting<Optional<String>> RSPAMD_PASSWORD = new Setting<>(
            "FACTEUR_RSPAMD_PASSWORD",
            "",
            "printable ASCII",
            "The password of that rspamd, where it wants one.",
            text -> {
                if (!text.matches("[\\x20-\\x7e]*")) {
                    throw new IllegalArgumentException("not printable");
                }
                return text.isEmpty() ? Optional.empty() : Optional.of(text);
            });

    /** FACTEUR_CLAMD. */
    public static final Setting<Optional<SocketAddress>> CLAMD = new Setting<>(
            "FACTEUR_CLAMD",
            "",
            "host:port, or the path of a Unix socket",
            "The clamd that looks for viruses in incoming messages.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(socket(text)));

    /** FACTEUR_SCAN_TIMEOUT. */
    public static final Setting<Duration> TIMEOUT = Setting.duration(
            "FACTEUR_SCAN_TIMEOUT", "8s", "The most that rspamd or clamd may take; then mail goes on without them.");

    /** Reads them; fails with {@link org.facteur.platform.config.SettingException}. */
    public static ContentSettings from(Environment environment) {
        return new ContentSettings(
                environment.get(RSPAMD),
                environment.get(RSPAMD_PASSWORD),
                environment.get(CLAMD),
                environment.get(TIMEOUT));
    }

    private static URI server(String text) {
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        boolean bare = uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && List.of("", "/").contains(String.valueOf(uri.getRawPath()));
        if (!http || !bare || uri.getHost() == null) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }

    private static SocketAddress socket(String text) {
        if (text.startsWith("/")) {
            return SocketAddress.domainSocketAddress(text);
        }
        HostPort server = HostPort.parse(text);
        return SocketAddress.inetSocketAddress(server.port(), server.host());
    }
}

package org.facteur.imap;

import java.util.List;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;

/**
 * What the gateway reads from the environment beside the common settings.
 *
 * @param port of the listener with STARTTLS
 * @param tlsPort of the listener with TLS from the first octet
 * @param maxMessage octets of a message at most
 */
public record ImapSettings(int port, int tlsPort, long maxMessage) {
    /** FACTEUR_IMAP_PORT. */
    public static final Setting<Integer> PORT = Setting.port("FACTEUR_IMAP_PORT", 143, "Port of IMAP, with STARTTLS.");

    /** FACTEUR_IMAPS_PORT. */
    public static final Setting<Integer> TLS_PORT =
            Setting.port("FACTEUR_IMAPS_PORT", 993, "Port of IMAP with TLS from the first octet.");

    /** FACTEUR_MAX_MESSAGE. */
    public static final Setting<Long> MAX_MESSAGE =
            Setting.size("FACTEUR_MAX_MESSAGE", "52428800", "Largest message that is taken.");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(PORT, TLS_PORT, MAX_MESSAGE);

    /** Reads them; fails with {@link org.facteur.platform.config.SettingException}. */
    public static ImapSettings from(Environment environment) {
        return new ImapSettings(environment.get(PORT), environment.get(TLS_PORT), environment.get(MAX_MESSAGE));
    }
}

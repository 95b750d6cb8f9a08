package org.facteur.platform.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;

/**
 * What the listeners of all protocols share.
 *
 * @param certificate PEM file with the certificate chain; empty for a self-signed one
 * @param key PEM file with its private key
 * @param proxyFrom networks whose connections must begin with a PROXY protocol header
 * @param proxyOn listeners that this is about; empty for all
 * @param connectionsPerAddress open at once from one address, for each listener
 */
public record NetSettings(
        Optional<Path> certificate,
        Optional<Path> key,
        List<Cidr> proxyFrom,
        Set<String> proxyOn,
        int connectionsPerAddress) {
    /** FACTEUR_TLS_CERT. */
    public static final Setting<Optional<Path>> TLS_CERT = file(
            "FACTEUR_TLS_CERT",
            "PEM file with the certificate chain, read again when it changes; self-signed when not set.");

    /** FACTEUR_TLS_KEY. */
    public static final Setting<Optional<Path>> TLS_KEY =
            file("FACTEUR_TLS_KEY", "PEM file with the private key of FACTEUR_TLS_CERT.");

    /** FACTEUR_PROXY_FROM. */
    public static final Setting<List<Cidr>> PROXY_FROM = Setting.list(
            "FACTEUR_PROXY_FROM",
            "",
            "networks such as 10.0.0.0/8, comma-separated",
            "Networks whose connections must begin with a PROXY protocol header (v1 or v2); from others none is accepted.",
            Cidr::parse);

    /** FACTEUR_PROXY_ON. */
    public static final Setting<List<String>> PROXY_ON = Setting.list(
            "FACTEUR_PROXY_ON",
            "",
            "of smtp, submission, submissions, imap, imaps, pop3, pop3s, comma-separated",
            "Listeners that FACTEUR_PROXY_FROM is about; all when not set.",
            NetSettings::listener);

    /** FACTEUR_CONNECTIONS_PER_ADDRESS. */
    public static final Setting<Integer> CONNECTIONS_PER_ADDRESS = Setting.number(
            "FACTEUR_CONNECTIONS_PER_ADDRESS",
            200,
            1,
            100_000,
            "Connections that one address may have open at once, for each listener.");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS =
            List.of(TLS_CERT, TLS_KEY, PROXY_FROM, PROXY_ON, CONNECTIONS_PER_ADDRESS);

    private static final Set<String> LISTENERS =
            Set.of("smtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s");

    /** Reads them. */
    public static NetSettings from(Environment environment) {
        return new NetSettings(
                environment.get(TLS_CERT),
                environment.get(TLS_KEY),
                environment.get(PROXY_FROM),
                Set.copyOf(environment.get(PROXY_ON)),
                environment.get(CONNECTIONS_PER_ADDRESS));
    }

    /** The certificate of the settings, or a self-signed one kept below the data directory. Blocks. */
    public TlsIdentity identity(CommonSettings common) throws IOException {
        return certificate.isPresent() && key.isPresent()
                ? TlsIdentity.load(certificate.get(), key.get())
                : SelfSigned.at(common.data().resolve("tls"), List.of(common.hostname(), "localhost"));
    }

    /** Networks of proxies for one listener. */
    public List<Cidr> proxiesFor(String listener) {
        return proxyOn.isEmpty() || proxyOn.contains(listener) ? proxyFrom : List.of();
    }

    private static Setting<Optional<Path>> file(String name, String meaning) {
        return new Setting<>(
                name, "", "a path", meaning, text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));
    }

    private static String listener(String text) {
        if (!LISTENERS.contains(text)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}

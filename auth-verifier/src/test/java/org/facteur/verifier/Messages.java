package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimKeyRecord;
import org.facteur.mail.dkim.DkimSigner;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Recipient;
import org.facteur.platform.dns.FakeDns;

/** Messages of example.org, which signs and publishes everything, and a DNS that knows it. */
final class Messages {
    static final String CLIENT = "192.0.2.1";
    static final String STRANGER = "198.51.100.7";
    private static final KeyPair KEY = key();

    private Messages() {}

    static FakeDns dns() {
        return new FakeDns()
                .ptr(CLIENT, "mail.example.org")
                .address("mail.example.org", CLIENT)
                .ptr(STRANGER, "host.example.net")
                .address("host.example.net", STRANGER)
                .txt("example.org", "v=spf1 ip4:" + CLIENT + " -all")
                .txt("_dmarc.example.org", "v=DMARC1; p=reject; rua=mailto:dmarc@example.org")
                .txt("sel._domainkey.example.org", DkimKeyRecord.text(KEY.getPublic()));
    }

    static String message() {
        return """
                From: Alice <alice@example.org>\r
                To: bob@example.com\r
                Subject: hello\r
                Date: Mon, 6 May 2024 07:08:09 +0000\r
                Message-ID: <1@example.org>\r
                \r
                Hello Bob.\r
                """;
    }

    /** The message with a DKIM-Signature of example.org. */
    static String signed(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        DkimSigningKey key = new DkimSigningKey("example.org", "sel", DkimAlgorithm.RSA_SHA256, KEY.getPrivate());
        return new DkimSigner(Clock.systemUTC()).sign(bytes, 0, bytes.length, List.of(key)) + message;
    }

    /** From alice to these recipients, with a verdict awaited until {@code deadline}. */
    static Received received(String id, String client, Instant deadline, String replyTo, Recipient... recipients) {
        return new Received(
                Received.VERSION,
                id,
                deadline.minusSeconds(20),
                deadline,
                replyTo,
                new Client(client, "mail.example.org", ""),
                "alice@example.org",
                List.of(recipients),
                false,
                "Received: from mail.example.org\r\n");
    }

    static Recipient local() {
        return new Recipient("bob@example.com", "bob@example.com", true);
    }

    static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.facteur.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.facteur.mail.arc.ArcCheck;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.arc.ArcSealer;
import org.facteur.mail.arc.ArcStatus;
import org.facteur.mail.arc.ArcVerifier;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.mail.dkim.DkimKeyRecord;
import org.facteur.mail.dkim.DkimSigner;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Mailing lists and forwards: what breaks DKIM on the way, and what ARC makes of it, end to end. */
class ArcIT {
    private static KeyPair key;
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
        world = new World(Map.of("FACTEUR_ARC_TRUSTED", "lists.test,.relays.test"));
        world.account("bob@demo.test");
        publish("_dmarc.author.test", "v=DMARC1; p=reject");
        publish("author.test", "v=spf1 -all");
        for (String domain : List.of("author.test", "lists.test", "stranger.test")) {
            publish("k._domainkey." + domain, DkimKeyRecord.text(key.getPublic()));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @Test
    void aListThatIsTrustedReachesTheInbox() throws Exception {
        assertThat(send(listed("trusted list", "lists.test"))).startsWith("250");
        World.eventually(() -> world.count("bob@demo.test", "INBOX", "[list] trusted list") == 1);
        assertThat(DemoMail.whole(world.port("imap"), "bob@demo.test", World.PASSWORD, "[list] trusted list"))
                .contains("dkim=fail")
                .contains("dmarc=fail reason=\"arc.chain of lists.test\"")
                .contains("arc=pass");
    }

    @Test
    void aListThatIsNotTrustedIsRefused() throws Exception {
        assertThat(send(listed("foreign list", "stranger.test"))).startsWith("550 5.7.26");
    }

    @Test
    void aChainThatIsBrokenIsRefused() throws Exception {
        assertThat(send(listed("broken list", "lists.test") + "one line more\r\n"))
                .startsWith("550 5.7.26");
    }

    @Test
    void aForwardLeavesWithAChainThatPasses() throws Exception {
        world.api.put("/api/aliases/news@demo.test", Map.of("targets", List.of("carol@outside.test")));
        World.eventually(
                () -> SmtpTalk.probe(world.port("smtp"), "news@demo.test").startsWith("250"));
        DemoMail.fromOutside(world.vertx, world.port("smtp"), world.dns, "news@demo.test", "forwarded")
                .await();
        World.eventually(() -> world.outside.messages().stream().anyMatch(one -> one.contains("Subject: forwarded")));
        String left = world.outside.messages().stream()
                .filter(one -> one.contains("Subject: forwarded"))
                .findFirst()
                .orElseThrow();
        assertThat(left)
                .contains("RCPT TO:<carol@outside.test>")
                .containsSubsequence("ARC-Seal: i=1; a=rsa-sha256; cv=none;", "d=demo.test;")
                .contains("ARC-Authentication-Results: i=1; mail.demo.test;");
        ArcResult chain = validate(left.substring(left.indexOf("ARC-Seal:"), left.lastIndexOf(".\r\n")));
        assertThat(chain.reason()).isEmpty();
        assertThat(chain.status()).isEqualTo(ArcStatus.PASS);
    }

    /** Signed by its author, then changed by a list that seals what it found before. */
    private static String listed(String subject, String sealer) {
        byte[] posted = ("From: ann@author.test\r\nTo: all@" + sealer + "\r\nSubject: " + subject
                        + "\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <" + subject.replace(' ', '.')
                        + "@author.test>\r\n\r\nText\r\n")
                .getBytes(UTF_8);
        String signature =
                new DkimSigner(Clock.systemUTC()).sign(posted, 0, posted.length, List.of(keyOf("author.test")));
        String changed = (signature + new String(posted, UTF_8)).replace("Subject: ", "Subject: [list] ")
                + "-- \r\nTo leave the list, write to all-leave@" + sealer + "\r\n";
        byte[] bytes = changed.getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        RawField results = RawField.of("Authentication-Results: mx." + sealer + "; dkim=pass header.d=author.test;"
                + " dmarc=pass header.from=author.test\r\n");
        return new ArcSealer(Clock.systemUTC())
                        .seal(
                                header,
                                BodyHasher.relaxed(bytes, header.bodyStart(), bytes.length),
                                ArcStatus.NONE,
                                results,
                                keyOf(sealer))
                        .orElseThrow()
                + changed;
    }

    private static DkimSigningKey keyOf(String domain) {
        return new DkimSigningKey(domain, "k", DkimAlgorithm.RSA_SHA256, key.getPrivate());
    }

    private static String send(String message) throws Exception {
        try (SmtpTalk talk = new SmtpTalk(world.port("smtp"))) {
            return talk.send("list@outside.test", "bob@demo.test", message);
        }
    }

    /** Validates with the keys that the API says have to be published. */
    private static ArcResult validate(String message) {
        Map<String, String> published = new HashMap<>();
        world.api
                .get("/api/domains/demo.test/dns")
                .forEach(record -> published.put(
                        record.path("name").asText(), record.path("expected").asText()));
        byte[] bytes = message.getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        ArcCheck check = new ArcVerifier(
                        name -> CompletableFuture.completedFuture(
                                DkimKeyAnswer.of(List.of(published.getOrDefault(name, "")))),
                        Clock.systemUTC())
                .begin(header);
        BodyHasher hasher = new BodyHasher(check.forms());
        hasher.update(bytes, header.bodyStart(), bytes.length);
        return check.finish(hasher.finish()).toCompletableFuture().join();
    }

    private static void publish(String name, String text) {
        StringBuilder strings = new StringBuilder();
        for (int at = 0; at < text.length(); at += 200) {
            strings.append(" \"")
                    .append(text, at, Math.min(text.length(), at + 200))
                    .append('"');
        }
        world.dns.zone().add(name + ". 300 TXT" + strings);
    }
}

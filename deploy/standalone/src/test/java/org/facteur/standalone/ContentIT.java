package org.facteur.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian's rspamd and clamd judge what comes in. Skipped where they are not installed. */
@EnabledIf(value = "installed", disabledReason = "rspamd and clamd (clamav-daemon) are not installed")
class ContentIT {
    private static final String BOB = "bob@demo.test";
    /** The test pattern for unwanted mail; with another first letter it stands for a milder action of rspamd. */
    private static final String GTUBE = "JS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

    private static ContentServers scanners;
    private static World world;

    static boolean installed() {
        return ContentServers.installed();
    }

    @BeforeAll
    static void start() throws Exception {
        scanners = new ContentServers();
        scanners.start();
        world = new World(scanners.settings());
        world.account(BOB);
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
        scanners.close();
    }

    @BeforeEach
    void scannersRun() throws Exception {
        scanners.start();
    }

    @Test
    void cleanMailComesInAndSaysSo() throws Exception {
        assertThat(send("clean", "\r\nHello")).startsWith("250");
        World.eventually(() -> world.count(BOB, "INBOX", "clean") == 1);
        assertThat(results("clean")).contains("x-rspamd=pass policy.action=\"no action\"", "x-clamd=pass");
    }

    @Test
    void aVirusIsRefusedByName() throws Exception {
        assertThat(send("virus", "\r\n" + ContentServers.EICAR))
                .startsWith("550 5.7.1 this message carries the virus Eicar-Test-Signature");
        assertThat(send("virus attached", attached(ContentServers.EICAR))).startsWith("550 5.7.1");
    }

    @Test
    void aVirusAtTheEndOfALargeMessageIsRefused() throws Exception {
        assertThat(send("large virus", "\r\n" + "a line of text\r\n".repeat(60_000) + ContentServers.EICAR))
                .startsWith("550 5.7.1 this message carries the virus Eicar-Test-Signature");
    }

    @Test
    void spamIsRefused() throws Exception {
        assertThat(send("spam", "\r\nX" + GTUBE)).startsWith("550 5.7.1 rspamd refuses this message: Gtube pattern");
    }

    @ParameterizedTest
    @CsvSource({"Y, add header", "Z, rewrite subject"})
    void doubtfulMailGoesToJunk(String letter, String action) throws Exception {
        assertThat(send(action, "\r\n" + letter + GTUBE)).startsWith("250");
        World.eventually(() -> world.count(BOB, "Junk", action) == 1);
    }

    @Test
    void withBothStoppedMailFlows() throws Exception {
        scanners.stop();
        assertThat(send("unscanned", "\r\n" + ContentServers.EICAR)).startsWith("250");
        World.eventually(() -> world.count(BOB, "INBOX", "unscanned") == 1);
        assertThat(results("unscanned"))
                .contains("x-rspamd=temperror reason=\"no connection\"", "x-clamd=temperror reason=\"no connection\"");
    }

    /** The reply to a message with that rest: more of the header, if any, an empty line, the text. */
    private static String send(String subject, String text) throws Exception {
        String message = SmtpTalk.message(subject).replaceFirst("\r\n\r\nText$", "\r\n");
        try (SmtpTalk talk = new SmtpTalk(world.port("smtp"))) {
            return talk.send("carol@outside.test", BOB, message + text);
        }
    }

    private static String attached(String content) {
        return "MIME-Version: 1.0\r\nContent-Type: application/octet-stream; name=x.com\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content.getBytes(StandardCharsets.US_ASCII));
    }

    private static String results(String subject) throws Exception {
        String whole = DemoMail.whole(world.port("imap"), BOB, World.PASSWORD, subject);
        return whole.substring(0, whole.indexOf("\r\nReceived:")).replaceAll("\r\n\\s+", " ");
    }
}

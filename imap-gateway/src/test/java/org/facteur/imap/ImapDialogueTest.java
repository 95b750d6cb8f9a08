package org.facteur.imap;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.facteur.imap.session.ImapLimits;
import org.facteur.imap.session.ImapMeters;
import org.facteur.imap.session.ImapServices;
import org.facteur.imap.store.MemoryMailboxes;
import org.facteur.imap.view.MailboxViews;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.UsageEntry;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.directory.MapTable;
import org.facteur.platform.net.Dialogue;
import org.facteur.platform.net.DialogueClient;
import org.facteur.platform.net.NetSettings;
import org.facteur.platform.net.SelfSigned;
import org.facteur.platform.security.Authenticator;
import org.facteur.platform.security.Passwords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories between a client and the server over sockets, with mailboxes in memory; the scripts are in {@code dialogues}. */
class ImapDialogueTest {
    private static final String MESSAGE = """
            From: Alice <alice@demo.test>\r
            To: bob@demo.test\r
            Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= one\r
            Date: Mon, 7 Feb 1994 21:52:25 -0800\r
            \r
            Hello Bob,\r
            this is it.\r
            """;

    @TempDir
    Path directory;

    private Vertx vertx;
    private MemoryMailboxes mailboxes;
    private ImapServer server;
    private int port;
    private int tlsPort;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        mailboxes = new MemoryMailboxes();
        String hash = new Passwords(vertx).hash("secret").await(10, TimeUnit.SECONDS);
        Directory accounts = new Directory(
                new MapTable<DomainEntry>(),
                new MapTable<AddressEntry>()
                        .put("bob@demo.test", AddressEntry.account("bob@demo.test", hash, 0, "Bob")),
                new MapTable<UsageEntry>());
        MailboxViews views = new MailboxViews(vertx, mailboxes::changesAfter);
        ImapServices services = new ImapServices(
                vertx,
                "mail.demo.test",
                new Authenticator(vertx, accounts, Clock.systemUTC()),
                mailboxes,
                views,
                new DirectoryBodyStore(vertx, directory.resolve("bodies")),
                new ImapLimits(1 << 20, 1 << 10, Duration.ofMinutes(1), Duration.ofMinutes(30), 20),
                new ImapMeters(new SimpleMeterRegistry()),
                Clock.systemUTC());
        NetSettings net = new NetSettings(Optional.empty(), Optional.empty(), List.of(), Set.of(), 100);
        server = new ImapServer(
                services,
                new ImapSettings(0, 0, 1 << 20),
                net,
                "127.0.0.1",
                SelfSigned.at(directory.resolve("tls"), List.of("localhost")));
        Context context = vertx.getOrCreateContext();
        List<Integer> ports = Future.<List<Integer>>future(promise ->
                        context.runOnContext(ignored -> server.listen().onComplete(promise)))
                .await(10, TimeUnit.SECONDS);
        port = ports.get(0);
        tlsPort = ports.get(1);
        mailboxes.onChange(() -> context.runOnContext(ignored -> views.refreshAll()));
        mailboxes.deliver("INBOX", MESSAGE);
        mailboxes.deliver("INBOX", MESSAGE.replace("one", "two"));
        mailboxes.deliver("INBOX", MESSAGE.replace("one", "three"));
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login", "list", "select", "fetch", "search", "store", "append", "copy", "expunge", "names", "bad",
                "status"
            })
    void plays(String story) {
        Dialogue.resource(getClass(), "dialogues/" + story + ".txt").play(port);
    }

    @Test
    void speaksTls() {
        Dialogue.resource(getClass(), "dialogues/login.txt").playTls(tlsPort);
        Dialogue.resource(getClass(), "dialogues/starttls.txt").play(port);
    }

    @Test
    void tellsIdleClientsOfNewMessages() throws Exception {
        try (DialogueClient client = DialogueClient.connect(port)) {
            Dialogue.resource(getClass(), "dialogues/idle-begin.txt").play(client);
            mailboxes.deliver("INBOX", MESSAGE);
            Dialogue.resource(getClass(), "dialogues/idle-end.txt").play(client);
        }
    }

    @Test
    void keepsSequenceNumbersOfOtherSessions() throws Exception {
        try (DialogueClient one = DialogueClient.connect(port);
                DialogueClient other = DialogueClient.connect(port)) {
            Dialogue.resource(getClass(), "dialogues/two-begin.txt").play(one);
            Dialogue.resource(getClass(), "dialogues/two-begin.txt").play(other);
            Dialogue.resource(getClass(), "dialogues/two-expunges.txt").play(one);
            Dialogue.resource(getClass(), "dialogues/two-is-told.txt").play(other);
        }
    }

    @Test
    void saysUnavailableWhileTheStoreIsGone() throws Exception {
        try (DialogueClient client = DialogueClient.connect(port)) {
            Dialogue.of("S*: * OK\nC: a LOGIN bob@demo.test secret\nS*: a OK\nC: b SELECT INBOX\nS*: b OK")
                    .play(client);
            mailboxes.down(true);
            Dialogue.of(
                            "C: c STORE 1 +FLAGS (\\Seen)\nS: c NO [UNAVAILABLE]\nC: d FETCH 1 (FLAGS)\nS: * 1 FETCH (FLAGS ())"
                                    + "\nS: d OK\nC: e SELECT INBOX\nS: * OK [CLOSED]\nS: e NO [UNAVAILABLE]")
                    .play(client);
            mailboxes.down(false);
            Dialogue.of("C: f SELECT INBOX\nS*: f OK").play(client);
        }
    }

    @Test
    void streamsLargeMessagesBothWays() throws Exception {
        byte[] large = ("Subject: large\r\n\r\n" + "0123456789abcdef\r\n".repeat(20_000)).getBytes("US-ASCII");
        try (DialogueClient client = DialogueClient.connect(port).patience(Duration.ofSeconds(10))) {
            Dialogue.of("S*: * OK\nC: a LOGIN bob@demo.test secret\nS*: a OK").play(client);
            client.line("b APPEND Drafts {" + large.length + "+}");
            client.send(large);
            client.line("");
            Dialogue.of("S: b OK [APPENDUID 7 1]\nC: c SELECT Drafts\nS*: c OK").play(client);
            Dialogue.of("C: d FETCH 1 BODY[]\nS: * 1 FETCH (BODY[] {" + large.length + "}")
                    .play(client);
            assertThat(client.read(large.length)).isEqualTo(large);
            Dialogue.of("S:  FLAGS (\\Seen))\nS: d OK").play(client);
            Dialogue.of("C: e FETCH 1 BODY.PEEK[]<34.4>\nS: * 1 FETCH (BODY[]<34> {4}\nS: \nS: 01)\nS: e OK")
                    .play(client);
        }
    }
}

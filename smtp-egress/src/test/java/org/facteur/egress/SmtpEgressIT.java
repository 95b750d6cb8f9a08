package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Outbound;
import org.facteur.mail.record.Submitted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The service from mail.outbound to other domains' servers, one domain and server for each story. */
class SmtpEgressIT {
    private static final String PREPENDED = "DKIM-Signature: v=1; d=here.test\r\n";
    private static final String BODY = "From: <alice@here.test>\r\nSubject: hi\r\n\r\nhello\r\n";
    private static EgressFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
        fixture = new EgressFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void leavesTheBytesAlone() {
        ScriptedMx mx = fixture.mx("bytes.test");
        String body = "Subject: x\r\n\r\n.\r\n..\r\n.dot\r\n\tgr\u00fc\u00dfe \u00ff\u0080\r\n\r\n\r\nno line end";
        Outbound outbound = fixture.send("bytes.test", body, "b@bytes.test");
        taken(mx, 1);
        ScriptedMx.Taken message = mx.taken.get(0);
        assertThat(message.text()).isEqualTo(PREPENDED + body + "\r\n");
        assertThat(message.mail())
                .isEqualTo("MAIL FROM:<alice@here.test> SIZE=" + (PREPENDED + body).length() + " BODY=8BITMIME");
        assertThat(message.recipients()).containsExactly("b@bytes.test");
        settled(outbound);
    }

    @Test
    void streamsWhatLiesInTheBodyStore() {
        ScriptedMx mx = fixture.mx("large.test");
        String text = "Subject: large\r\n\r\n" + ".0123456789abcdef0123456789\r\n".repeat(30_000);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Outbound outbound = EgressFixture.outbound("large.test", EgressFixture.SENDER, Instant.now(), "b@large.test");
        fixture.send(outbound, new Body.Stored(fixture.store(bytes)));
        taken(mx, 1);
        assertThat(mx.taken.get(0).text()).isEqualTo(PREPENDED + text);
    }

    @ParameterizedTest
    @EnumSource(ScriptedMx.StartTls.class)
    void takesTlsWhereItCanBeHad(ScriptedMx.StartTls how) {
        String domain = "tls-" + how.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".test";
        ScriptedMx mx = fixture.mx(domain);
        mx.startTls = how;
        settled(fixture.send(domain, BODY, "b@" + domain));
        assertThat(mx.taken).hasSize(1);
        assertThat(mx.taken.get(0).tls()).isEqualTo(how == ScriptedMx.StartTls.WORKS);
        assertThat(mx.connections).hasValue(how == ScriptedMx.StartTls.BROKEN ? 2 : 1);
    }

    @Test
    void pipelinesWhereOffered() {
        ScriptedMx mx = fixture.mx("pipe.test");
        mx.wantsPipelining = true;
        settled(fixture.send("pipe.test", BODY, "b@pipe.test", "c@pipe.test"));
        assertThat(mx.taken.get(0).recipients()).containsExactly("b@pipe.test", "c@pipe.test");
    }

    @Test
    void waitsForEachReplyElsewhere() {
        ScriptedMx mx = fixture.mx("step.test");
        mx.extensions = List.of();
        settled(fixture.send("step.test", BODY, "b@step.test", "c@step.test"));
        assertThat(mx.pipelined).hasValue(0);
        assertThat(mx.taken.get(0).mail()).isEqualTo("MAIL FROM:<alice@here.test>");
        assertThat(mx.taken.get(0).recipients()).containsExactly("b@step.test", "c@step.test");
    }

    @Test
    void everyRecipientByItsOwnReply() {
        ScriptedMx mx = fixture.mx("mixed.test");
        mx.replies.put("RCPT TO:<full@", "452 4.2.2 mailbox full");
        mx.replies.put("RCPT TO:<nobody@", "550 5.1.1 no such user");
        Outbound outbound = fixture.send("mixed.test", BODY, "b@mixed.test", "full@mixed.test", "nobody@mixed.test");
        taken(mx, 1);
        assertThat(mx.taken.get(0).recipients()).containsExactly("b@mixed.test");
        await().until(() -> fixture.waiting(outbound).isPresent());
        assertThat(fixture.waiting(outbound).get().recipients()).containsExactly("full@mixed.test");
        await().until(() -> fixture.notifications(outbound).size() == 1);
        assertThat(fixture.notifications(outbound).get(0))
                .contains("Final-Recipient: rfc822; nobody@mixed.test")
                .doesNotContain("full@mixed.test")
                .doesNotContain("b@mixed.test;");
        mx.replies.clear();
        settled(outbound);
        assertThat(mx.taken).hasSize(2);
        assertThat(mx.taken.get(1).recipients()).containsExactly("full@mixed.test");
    }

    @Test
    void defersBySchedule() {
        ScriptedMx mx = fixture.mx("later.test");
        mx.replies.put("END", "450 4.3.2 \u0000not now");
        Outbound outbound = fixture.send("later.test", BODY, "b@later.test");
        await().until(() ->
                fixture.waiting(outbound).filter(entry -> entry.attempts() == 2).isPresent());
        var entry = fixture.waiting(outbound).get();
        assertThat(entry.lastError()).isEqualTo("450 4.3.2  not now");
        assertThat(entry.nextAttempt())
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(50)),
                        Instant.now().plus(Duration.ofMinutes(61)));
        mx.replies.clear();
        int before = mx.taken.size();
        EgressFixture.await(fixture.queue.retryNow(entry.id(), Instant.now()));
        settled(outbound);
        assertThat(mx.taken).hasSize(before + 1);
        assertThat(fixture.notifications(outbound)).isEmpty();
    }

    @Test
    void tellsTheSenderOfARefusal() {
        ScriptedMx mx = fixture.mx("refused.test");
        mx.replies.put("END", "554 5.6.0 we do not like it");
        Outbound outbound = fixture.send("refused.test", BODY, "b@refused.test");
        settled(outbound);
        await().until(() -> fixture.notifications(outbound).size() == 1);
        assertThat(fixture.notifications(outbound).get(0))
                .contains("Content-Type: multipart/report")
                .contains("Status: 5.6.0")
                .contains("Diagnostic-Code: smtp; 554 5.6.0 we do not like it")
                .contains(PREPENDED)
                .contains("Subject: hi");
        Submitted envelope = fixture.submitted.stream()
                .filter(record -> new String(((Body.Inline) record.body()).bytes(), StandardCharsets.UTF_8)
                        .contains(outbound.id()))
                .findFirst()
                .get()
                .envelope();
        assertThat(envelope.reversePath()).isEmpty();
        assertThat(envelope.origin()).isEqualTo(Submitted.Origin.SYSTEM);
        assertThat(envelope.recipients()).hasSize(1);
        assertThat(envelope.recipients().get(0).target()).isEqualTo(EgressFixture.SENDER);
        assertThat(envelope.recipients().get(0).local()).isTrue();
    }

    @Test
    void aRefusalCountsEvenWhereTheHostHangsUpAfterIt() {
        ScriptedMx mx = fixture.mx("rude.test");
        mx.replies.put("RCPT", "550 5.1.1 no such user");
        mx.extensions = List.of();
        mx.closesAfterRefusal = true;
        Outbound outbound = fixture.send("rude.test", BODY, "b@rude.test");
        settled(outbound);
        await().until(() -> fixture.notifications(outbound).size() == 1);
    }

    @Test
    void neverTellsTheNullReversePath() {
        ScriptedMx mx = fixture.mx("bounced.test");
        mx.replies.put("RCPT", "550 5.1.1 no such user");
        Outbound bounce = EgressFixture.outbound("bounced.test", "", Instant.now(), "b@bounced.test");
        fixture.send(bounce, new Body.Inline(BODY.getBytes(StandardCharsets.US_ASCII)));
        Outbound ours = fixture.send("bounced.test", BODY, "b@bounced.test");
        settled(bounce);
        settled(ours);
        await().until(() -> fixture.notifications(ours).size() == 1);
        assertThat(fixture.notifications(bounce)).isEmpty();
        assertThat(mx.commands).anyMatch(command -> command.startsWith("MAIL FROM:<> "));
    }

    @Test
    void givesUpAfterFiveDays() {
        fixture.mx("expired.test").replies.put("MAIL", "451 4.3.0 not now");
        Outbound outbound = EgressFixture.outbound(
                "expired.test", EgressFixture.SENDER, Instant.now().minus(Duration.ofDays(6)), "b@expired.test");
        fixture.send(outbound, new Body.Inline(BODY.getBytes(StandardCharsets.US_ASCII)));
        settled(outbound);
        await().until(() -> fixture.notifications(outbound).size() == 1);
        assertThat(fixture.notifications(outbound).get(0)).contains("Status: 5.4.7", "451 4.3.0 not now");
    }

    @Test
    void sendsTheNextMessageOnTheSameConnection() {
        ScriptedMx mx = fixture.mx("reuse.test");
        settled(fixture.send("reuse.test", BODY, "b@reuse.test"));
        settled(fixture.send("reuse.test", BODY, "c@reuse.test"));
        assertThat(mx.taken).hasSize(2);
        assertThat(mx.connections).hasValue(1);
    }

    @Test
    void aRefusedDataLeavesTheConnectionClean() {
        ScriptedMx mx = fixture.mx("clean.test");
        mx.replies.put("DATA", "554 5.5.1 no valid recipients");
        settled(fixture.send("clean.test", BODY, "b@clean.test"));
        mx.replies.clear();
        settled(fixture.send("clean.test", BODY, "c@clean.test"));
        assertThat(mx.taken).hasSize(1);
        assertThat(mx.connections).hasValue(1);
    }

    @Test
    void a250ToDataIsNoDelivery() {
        ScriptedMx mx = fixture.mx("odd.test");
        mx.replies.put("DATA", "250 sure");
        Outbound outbound = fixture.send("odd.test", BODY, "b@odd.test");
        await().until(() -> fixture.waiting(outbound).isPresent());
    }

    @Test
    void anIdleConnectionThatClosedIsReplaced() {
        ScriptedMx mx = fixture.mx("closed.test");
        settled(fixture.send("closed.test", BODY, "b@closed.test"));
        mx.hangUp();
        settled(fixture.send("closed.test", BODY, "c@closed.test"));
        assertThat(mx.taken).hasSize(2);
    }

    @Test
    void aSlowDestinationDelaysNoOther() {
        ScriptedMx slow = fixture.mx("slow.test");
        slow.greets = false;
        ScriptedMx quick = fixture.mx("quick.test");
        for (int i = 0; i < 30; i++) {
            fixture.send("slow.test", BODY, "b@slow.test");
        }
        await().until(() -> slow.connections.get() >= 8);
        settled(fixture.send("quick.test", BODY, "b@quick.test"));
        assertThat(quick.taken).hasSize(1);
        assertThat(slow.taken).isEmpty();
        slow.greets = true;
        slow.hangUp();
        taken(slow, 30);
    }

    @Test
    void aRecordThatIsReadAgainIsNotSentAgain() {
        ScriptedMx mx = fixture.mx("again.test");
        Outbound outbound = fixture.send("again.test", BODY, "b@again.test");
        settled(outbound);
        fixture.send(outbound, new Body.Inline(BODY.getBytes(StandardCharsets.US_ASCII)));
        settled(fixture.send("again.test", BODY, "marker@again.test"));
        assertThat(mx.taken)
                .extracting(ScriptedMx.Taken::recipients)
                .containsExactly(List.of("b@again.test"), List.of("marker@again.test"));
    }

    @Test
    void twoForwardsOfOneMessageAreBothSent() {
        ScriptedMx mx = fixture.mx("forward.test");
        Outbound one = EgressFixture.outbound("forward.test", "x@else.test", Instant.now(), "b@forward.test");
        Outbound two = new Outbound(
                1,
                one.id(),
                one.acceptedAt(),
                "bob@here.test",
                "x@else.test",
                "forward.test",
                List.of("c@forward.test"),
                false,
                "");
        fixture.send(one, new Body.Inline(BODY.getBytes(StandardCharsets.US_ASCII)));
        settled(one);
        fixture.send(two, new Body.Inline(BODY.getBytes(StandardCharsets.US_ASCII)));
        settled(two);
        assertThat(mx.taken).hasSize(2);
    }

    @Test
    void aConnectionThatBreaksAtTheEndOfDataDefers() {
        ScriptedMx mx = fixture.mx("broken.test");
        mx.closesAtEndOfData = true;
        Outbound outbound = fixture.send("broken.test", BODY, "b@broken.test");
        await().until(() -> fixture.waiting(outbound).isPresent());
        mx.closesAtEndOfData = false;
        settled(outbound);
        assertThat(mx.taken).hasSize(1);
        assertThat(fixture.notifications(outbound)).isEmpty();
    }

    @Test
    void aReusedConnectionThatBreaksAtTheEndOfDataIsNotTriedAgainAtOnce() {
        ScriptedMx mx = fixture.mx("twice.test");
        settled(fixture.send("twice.test", BODY, "b@twice.test"));
        mx.closesAtEndOfData = true;
        Outbound outbound = fixture.send("twice.test", BODY, "c@twice.test");
        await().until(() -> fixture.waiting(outbound).isPresent());
        assertThat(mx.connections).hasValue(1);
        mx.closesAtEndOfData = false;
        settled(outbound);
    }

    @Test
    void triesTheNextMx() {
        fixture.deadMx("backup.test", 10);
        ScriptedMx busy = fixture.mx("backup.test", 20);
        busy.replies.put("BANNER", "421 4.3.2 too busy");
        ScriptedMx backup = fixture.mx("backup.test", 30);
        settled(fixture.send("backup.test", BODY, "b@backup.test"));
        assertThat(backup.taken).hasSize(1);
        assertThat(busy.connections).hasValue(1);
    }

    @Test
    void whatAHostSaysOrDoesNotSayIsCountedByItsProvider() {
        ScriptedMx mx = fixture.mx("puts-off.test");
        mx.replies.put("BANNER", "421 4.3.2 too busy");
        Outbound putOff = fixture.send("puts-off.test", BODY, "b@puts-off.test");
        await().until(() -> fixture.waiting(putOff).isPresent());
        assertThat(replies("puts-off.test", "4xx")).isPositive();
        assertThat(replies("puts-off.test", "none")).isZero();

        fixture.deadMx("unreachable.test", 10);
        Outbound unreachable = fixture.send("unreachable.test", BODY, "b@unreachable.test");
        await().until(() -> fixture.waiting(unreachable).isPresent());
        assertThat(replies("unreachable.test", "none")).isPositive();

        fixture.mx("takes.test");
        settled(fixture.send("takes.test", BODY, "b@takes.test", "c@takes.test"));
        assertThat(replies("takes.test", "2xx")).isEqualTo(2);
    }

    private static double replies(String provider, String reply) {
        return fixture.meters
                .get("facteur_egress_replies_total")
                .tags("provider", provider, "reply", reply)
                .counter()
                .count();
    }

    @Test
    void dnsThatDoesNotAnswerDefers() {
        fixture.dns.fail("silent.test");
        Outbound outbound = fixture.send("silent.test", BODY, "b@silent.test");
        await().until(() -> fixture.waiting(outbound).isPresent());
        assertThat(fixture.waiting(outbound).get().lastError()).contains("DNS does not answer");
        ScriptedMx mx = fixture.mx("silent.test");
        fixture.dns.recover("silent.test");
        settled(outbound);
        assertThat(mx.taken).hasSize(1);
    }

    @Test
    void nowhereToGoIsPermanent() {
        fixture.dns.txt("no-host.test", "a domain without hosts").mx("no-mail.test", 0, "");
        for (String domain : List.of("no-host.test", "no-mail.test", "no-domain.test")) {
            Outbound outbound = fixture.send(domain, BODY, "b@" + domain);
            settled(outbound);
            await().until(() -> fixture.notifications(outbound).size() == 1);
        }
    }

    @Test
    void internationalizedAddressesNeedAServerThatTakesThem() {
        ScriptedMx mx = fixture.mx("plain.test");
        Outbound outbound = new Outbound(
                1,
                EgressFixture.outbound("plain.test", "", Instant.now(), "x").id(),
                Instant.now(),
                EgressFixture.SENDER,
                EgressFixture.SENDER,
                "plain.test",
                List.of("b\u00fc@plain.test"),
                true,
                "");
        fixture.send(outbound, new Body.Inline(BODY.getBytes(StandardCharsets.US_ASCII)));
        settled(outbound);
        await().until(() -> fixture.notifications(outbound).size() == 1);
        assertThat(fixture.notifications(outbound).get(0)).contains("Status: 5.6.7");
        assertThat(mx.taken).isEmpty();
    }

    private static void taken(ScriptedMx mx, int messages) {
        await().atMost(Duration.ofSeconds(30)).until(() -> mx.taken.size() == messages);
    }

    private static void settled(Outbound outbound) {
        await().atMost(Duration.ofSeconds(20)).until(() -> fixture.isSettled(outbound));
    }
}

package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecipientsTest {
    private static final SmtpReply OK = reply(250, "2.0.0 ok");
    private static final SmtpReply FULL = reply(452, "4.2.2 full");
    private static final SmtpReply UNKNOWN = reply(550, "5.1.1 who?");

    @Test
    void eachByItsOwnReply() {
        Outcome outcome = Recipients.of(List.of("a", "b", "c"), List.of(OK, OK, FULL, UNKNOWN))
                .answered(OK)
                .outcome("mx", "");
        assertThat(outcome.delivered()).containsExactly("a");
        assertThat(outcome.temporary())
                .containsExactly(new Outcome.Failure("b", "4.2.2", "452 4.2.2 full", ReplyClass.TEMPORARY));
        assertThat(outcome.permanent())
                .containsExactly(new Outcome.Failure("c", "5.1.1", "550 5.1.1 who?", ReplyClass.PERMANENT));
        assertThat(outcome.word()).isEqualTo("deferred");
        assertThat(outcome.detail()).contains("mx").contains("550 5.1.1 who?");
    }

    @Test
    void refusedMailIsForAll() {
        SmtpReply bad = reply(503, "bad sequence");
        assertThat(Recipients.of(List.of("a", "b"), List.of(UNKNOWN, bad, bad))
                        .outcome("mx", "")
                        .permanent())
                .extracting(Outcome.Failure::text)
                .containsExactly("550 5.1.1 who?", "550 5.1.1 who?");
    }

    @Test
    void refusedDataIsForThoseAccepted() {
        Outcome outcome = Recipients.of(List.of("a", "b"), List.of(OK, OK, UNKNOWN))
                .answered(FULL)
                .outcome("mx", "");
        assertThat(outcome.delivered()).isEmpty();
        assertThat(outcome.temporary()).extracting(Outcome.Failure::recipient).containsExactly("a");
        assertThat(outcome.permanent()).extracting(Outcome.Failure::recipient).containsExactly("b");
    }

    @Test
    void nobodyIsDeliveredBeforeTheEndOfData() {
        assertThat(Recipients.of(List.of("a"), List.of(OK, OK))
                        .outcome("mx", "")
                        .delivered())
                .isEmpty();
    }

    @Test
    void words() {
        assertThat(new Outcome(List.of("a"), List.of(), List.of(), "mx", "", "mx").word())
                .isEqualTo("sent");
        assertThat(Outcome.allPermanent(List.of("a"), "mx", "5.1.1", "no").word())
                .isEqualTo("bounced");
        assertThat(Outcome.allTemporary(List.of("a"), "mx", "mx", ReplyClass.NONE, "no")
                        .word())
                .isEqualTo("deferred");
        assertThat(new Outcome(List.of("a"), List.of(), List.of(), "mx", "TLSv1.3 X", "mx").detail())
                .isEqualTo("mx with TLSv1.3 X");
    }

    private static SmtpReply reply(int code, String text) {
        return new SmtpReply(code, List.of(text));
    }
}

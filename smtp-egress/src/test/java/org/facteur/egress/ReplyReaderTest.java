package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
    private final List<SmtpReply> replies = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();
    private final ReplyReader reader = new ReplyReader(replies::add, malformed::add);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void readsWhateverTheChunks(int size) {
        String wire = "220 mx.test ESMTP\r\n250-mx.test\r\n250-SIZE 1000\r\n250 8BITMIME\r\n250\r\n354 go\n";
        for (int i = 0; i < wire.length(); i += size) {
            reader.read(Buffer.buffer(wire.substring(i, Math.min(wire.length(), i + size))));
        }
        assertThat(replies)
                .containsExactly(
                        new SmtpReply(220, List.of("mx.test ESMTP")),
                        new SmtpReply(250, List.of("mx.test", "SIZE 1000", "8BITMIME")),
                        new SmtpReply(250, List.of("")),
                        new SmtpReply(354, List.of("go")));
        assertThat(malformed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "25", "250x", "150 early", "650 late", "2500 four", "HTTP/1.1 400 Bad Request"})
    void refuses(String line) {
        reader.read(Buffer.buffer(line + "\r\n"));
        assertThat(replies).isEmpty();
        assertThat(malformed).hasSize(1);
    }

    @Test
    void refusesALineThatNeverEnds() {
        for (int i = 0; i < 5 && malformed.isEmpty(); i++) {
            reader.read(Buffer.buffer("250 " + "x".repeat(1000)));
        }
        assertThat(malformed).hasSize(1);
    }

    @Test
    void refusesAReplyThatNeverEnds() {
        for (int i = 0; i < 300 && malformed.isEmpty(); i++) {
            reader.read(Buffer.buffer("250-more\r\n"));
        }
        assertThat(replies).isEmpty();
        assertThat(malformed).hasSize(1);
    }

    @Test
    void leavesOutControlCharacters() {
        reader.read(Buffer.buffer("450 4.2.0 a\0b\u001b[2Jc\rd\r\n"));
        assertThat(replies).containsExactly(new SmtpReply(450, List.of("4.2.0 a b [2Jc d")));
    }

    @Test
    void forgetsWhatCameBeforeTls() {
        reader.read(Buffer.buffer("250-injected\r\n250 "));
        reader.reset();
        reader.read(Buffer.buffer("250 real\r\n"));
        assertThat(replies).containsExactly(new SmtpReply(250, List.of("real")));
    }

    @Test
    void mayBeResetByWhoeverGetsAReply() {
        List<ReplyReader> self = new ArrayList<>();
        self.add(new ReplyReader(
                reply -> {
                    replies.add(reply);
                    self.get(0).reset();
                },
                malformed::add));
        self.get(0).read(Buffer.buffer("220 go\r\n250 injected\r\n250-more"));
        self.get(0).read(Buffer.buffer("250 real\r\n"));
        assertThat(replies).containsExactly(new SmtpReply(220, List.of("go")), new SmtpReply(250, List.of("real")));
        assertThat(malformed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "550, 5.1.1 no such user, 5.1.1",
        "550, no such user, 5.0.0",
        "450, 4.2.2 full, 4.2.2",
        "550, 4.2.2 of another class, 5.0.0",
        "250, 2.0.0 ok, 2.0.0",
        "550, 5.1.1.1 what, 5.0.0",
        "421, '', 4.0.0"
    })
    void enhancedStatus(int code, String text, String status) {
        assertThat(new SmtpReply(code, List.of(text)).enhanced()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"220,true,false", "250,true,false", "354,false,false", "421,false,false", "550,false,true"})
    void classes(int code, boolean positive, boolean permanent) {
        SmtpReply reply = new SmtpReply(code, List.of("x"));
        assertThat(reply.isPositive()).isEqualTo(positive);
        assertThat(reply.isPermanent()).isEqualTo(permanent);
    }

    @Test
    void boundsTheText() {
        assertThat(new SmtpReply(550, List.of("x".repeat(4000), "y".repeat(4000))).text())
                .hasSize(1000);
    }
}

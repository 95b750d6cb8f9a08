package org.facteur.verifier.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClamdTest extends ScannerContract {
    private static final String COMMAND = "zINSTREAM\0";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stream: OK | CLEAN | ''",
                "stream: Eicar-Test-Signature FOUND | REJECT | ''",
                "INSTREAM size limit exceeded. ERROR | SKIPPED | larger than StreamMaxLength of clamd",
                "stream: Can't allocate memory ERROR | ERROR | clamd reports an error",
                "UNKNOWN COMMAND | ERROR | answer makes no sense",
                "stream:  FOUND | ERROR | answer makes no sense",
                "'' | ERROR | answer makes no sense",
            })
    void answersAreFindings(String answer, Finding finding, String reason) {
        ScanResult result = scan((socket, said) -> socket.write(answer + '\0'));
        assertThat(result.finding()).isEqualTo(finding);
        assertThat(result.reason()).isEqualTo(reason);
    }

    @Test
    void theVirusIsNamed() {
        ScanResult result = scan((socket, said) -> socket.write("stream: Win.Test.EICAR_HDB-1 FOUND\0"));
        assertThat(result.reply()).isEqualTo("Win.Test.EICAR_HDB-1");
        assertThat(result.properties())
                .containsExactly(new ScanResult.Property("policy.virus", "Win.Test.EICAR_HDB-1"));
    }

    @Test
    void answersMayComeInPieces() {
        ScanResult result = scan((socket, said) ->
                socket.write("stre").compose(x -> socket.write("am: O")).compose(x -> socket.write("K\0")));
        assertThat(result.finding()).isEqualTo(Finding.CLEAN);
    }

    @Test
    void halfAnswersAreErrors() {
        ScanResult result = scan((socket, said) -> socket.write("stream: O").compose(x -> socket.close()));
        assertThat(result).isEqualTo(ScanResult.error("clamd", "connection closed"));
    }

    @Test
    void hugeAnswersAreCutOff() {
        assertThat(scan((socket, said) -> socket.write("x".repeat(1024 * 1024))))
                .isEqualTo(ScanResult.error("clamd", "answer is too long"));
    }

    @Test
    void unixSocketsAreServersToo() {
        SocketAddress path =
                SocketAddress.domainSocketAddress(directory.resolve("clamd.ctl").toString());
        try (FakeServer server =
                new FakeServer(vertx, path, this::message, (socket, said) -> socket.write("stream: OK\0"))) {
            assertThat(Samples.await(new Clamd(vertx, path).scan(Samples.message(), Samples.LIMIT)))
                    .isEqualTo(ScanResult.clean("clamd"));
            assertThat(server.taken).hasSize(1);
        }
    }

    @Test
    void messagesGoInChunks() {
        String text = "Subject: x\r\n\r\n" + "a line of text\r\n".repeat(12_000);
        assertThat(taken(MessageOctets.of(text.getBytes(UTF_8)))).isEqualTo(text);
    }

    @Test
    void emptyMessagesEndAtOnce() {
        assertThat(taken(MessageOctets.of(new byte[0]))).isEmpty();
    }

    @Test
    void emptyPiecesDoNotEndTheMessage() {
        assertThat(taken(new Pieces(List.of("one ", "", "two")))).isEqualTo("one two");
    }

    @Test
    void anAnswerBeforeTheEndCounts() {
        try (FakeServer server = new FakeServer(
                vertx, Optional::of, (socket, said) -> socket.write("INSTREAM size limit exceeded. ERROR\0"))) {
            // more than the server ever reads is still to come when it answers
            MessageOctets endless = new MessageOctets() {
                @Override
                public long size() {
                    return Long.MAX_VALUE;
                }

                @Override
                public Future<Void> forEach(Function<Buffer, Future<Void>> taker) {
                    return taker.apply(Buffer.buffer("x".repeat(1000))).compose(taken -> Future.future(never -> {}));
                }
            };
            assertThat(Samples.await(scanner(server.port()).scan(Samples.message(endless), Samples.LIMIT))
                            .finding())
                    .isEqualTo(Finding.SKIPPED);
        }
    }

    private record Pieces(List<String> texts) implements MessageOctets {
        @Override
        public long size() {
            return String.join("", texts).length();
        }

        @Override
        public Future<Void> forEach(Function<Buffer, Future<Void>> taker) {
            Future<Void> all = Future.succeededFuture();
            for (String text : texts) {
                all = all.compose(done -> taker.apply(Buffer.buffer(text)));
            }
            return all;
        }
    }

    private String taken(MessageOctets octets) {
        try (FakeServer server = new FakeServer(vertx, this::message, (socket, said) -> socket.write("stream: OK\0"))) {
            assertThat(Samples.await(scanner(server.port()).scan(Samples.message(octets), Samples.LIMIT)))
                    .isEqualTo(ScanResult.clean("clamd"));
            return server.taken.get(0).toString();
        }
    }

    @Override
    Scanner scanner(int port) {
        return new Clamd(vertx, SocketAddress.inetSocketAddress(port, "127.0.0.1"));
    }

    /** The message that the chunks make, once the last one is there; whatever does not follow the protocol is none. */
    @Override
    Optional<Buffer> message(Buffer said) {
        if (said.length() < COMMAND.length()
                || !said.getString(0, COMMAND.length()).equals(COMMAND)) {
            return Optional.empty();
        }
        Buffer message = Buffer.buffer();
        int at = COMMAND.length();
        while (at + 4 <= said.length()) {
            int length = said.getInt(at);
            if (length == 0) {
                return Optional.of(message);
            }
            if (at + 4 + length > said.length()) {
                return Optional.empty();
            }
            message.appendBuffer(said, at + 4, length);
            at += 4 + length;
        }
        return Optional.empty();
    }
}

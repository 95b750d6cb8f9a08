package org.facteur.admin.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.facteur.platform.config.HostPort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails is told by its step. */
class CanaryStepsTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final CanaryAccount account = new CanaryAccount("canary@here.test", null, null, null);

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(30, TimeUnit.SECONDS);
    }

    private static HostPort nowhere() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return new HostPort("127.0.0.1", closed.getLocalPort());
        }
    }

    @Test
    void submissionIsAway() throws IOException {
        CanarySubmission submission = new CanarySubmission(VERTX, nowhere(), "mail.here.test", account);
        failsAt(
                CanaryStep.SUBMIT,
                assertThatThrownBy(() -> submission.send("token").await(30, TimeUnit.SECONDS)));
    }

    @Test
    void imapIsAway() throws IOException {
        CanaryMailbox mailbox = new CanaryMailbox(nowhere(), account, Duration.ZERO);
        failsAt(CanaryStep.READ, assertThatThrownBy(() -> mailbox.read("token")));
    }

    @Test
    void aMessageThatIsNotThereInTimeHasNotArrivedAndTheMailboxIsEmptied(@TempDir Path directory) throws Exception {
        StrangersMailbox strangers = new StrangersMailbox(VERTX, directory);
        int port = strangers.listen().await(30, TimeUnit.SECONDS);
        CanaryMailbox mailbox = new CanaryMailbox(new HostPort("127.0.0.1", port), account, Duration.ZERO);
        failsAt(CanaryStep.ARRIVE, assertThatThrownBy(() -> mailbox.read("token")));
        assertThat(strangers.commands())
                .containsSubsequence(
                        "STARTTLS",
                        "LOGIN canary@here.test " + account.password(),
                        "EXAMINE INBOX",
                        "SEARCH SUBJECT token ALL",
                        "SELECT INBOX",
                        "STORE 1 +FLAGS (\\Deleted)",
                        "CLOSE",
                        "SELECT Junk",
                        "STORE 1 +FLAGS (\\Deleted)",
                        "CLOSE",
                        "LOGOUT");
        strangers.close().await(30, TimeUnit.SECONDS);
    }

    private static void failsAt(CanaryStep step, AbstractThrowableAssert<?, ?> failure) {
        failure.asInstanceOf(type(CanaryFailure.class))
                .satisfies(cause -> assertThat(cause.step()).isEqualTo(step))
                .satisfies(cause -> assertThat(cause.getMessage()).isNotBlank());
    }
}

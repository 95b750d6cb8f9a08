package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.dns.Dns;
import org.facteur.verifier.content.Finding;
import org.facteur.verifier.content.MessageOctets;
import org.facteur.verifier.content.ScanResult;
import org.facteur.verifier.results.AuthenticationResults;
import org.facteur.verifier.results.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The scanners beside the other checks. */
class ContentChecksTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<String> hostname = new CompletableFuture<>();

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void whatAScannerSaysIsTold() {
        Verification found = verify(Messages.dns(), LIMIT, answer("""
                {"action": "add header", "score": 7.5, "required_score": 15, "symbols": {"BAD": {"score": 7.5}}}"""));
        assertThat(AuthenticationResults.field("mx.example.com", found)).endsWith("""
                ;\r
                \tx-rspamd=fail policy.action="add header" policy.score=7.50\r
                \t policy.threshold=15.00 (BAD 7.50)\r
                """);
        assertThat(Journey.detail(Verdict.quarantine("m1"), Verdict.quarantine("m1"), found))
                .endsWith(" rspamd=fail");
    }

    @Test
    void theNameOfTheClientIsTold() throws Exception {
        verify(Messages.dns(), LIMIT, answer("{\"action\": \"no action\"}"));
        assertThat(hostname.get(20, TimeUnit.SECONDS)).isEqualTo("mail.example.org");
    }

    @Test
    void silentDnsDoesNotCostTheScan() throws Exception {
        Dns silent = (Dns) Proxy.newProxyInstance(
                Dns.class.getClassLoader(), new Class<?>[] {Dns.class}, (proxy, method, args) -> Promise.promise()
                        .future());
        Verification found = verify(silent, Duration.ofSeconds(3), answer("{\"action\": \"reject\"}"));
        assertThat(found.scans()).extracting(ScanResult::finding).containsExactly(Finding.REJECT);
        assertThat(hostname.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void aSilentScannerTakesNoMoreThanIsLeft() {
        Verification found = verify(Messages.dns(), Duration.ofMillis(300), request -> {});
        assertThat(found.scans()).containsExactly(error("no answer in time"));
        assertThat(settings(1).policy().decide("m1", found).decision()).isEqualTo(Verdict.Decision.ACCEPT);
    }

    private static ScanResult error(String reason) {
        return new ScanResult("rspamd", Finding.ERROR, reason, "", List.of(), "");
    }

    private Verification verify(Dns dns, Duration limit, Handler<HttpServerRequest> rspamd) {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    hostname.complete(request.headers().get("Hostname") == null ? "" : request.getHeader("Hostname"));
                    rspamd.handle(request);
                })
                .listen(0, "127.0.0.1"));
        Checks checks = new Checks(vertx, dns, Clock.systemUTC(), settings(server.actualPort()));
        byte[] message = Messages.message().getBytes(UTF_8);
        RunningChecks running = checks.begin(
                Messages.received("m1", Messages.CLIENT, Instant.now().plusSeconds(20), "2/r7", Messages.local()),
                RawHeader.parse(message, 0, message.length));
        running.scan(MessageOctets.of(message), limit);
        return await(running.finish(limit));
    }

    private static Handler<HttpServerRequest> answer(String json) {
        return request -> request.endHandler(end -> request.response().end(json));
    }

    private static VerifierSettings settings(int port) {
        Environment environment = Environment.of(
                Map.of("FACTEUR_HOSTNAME", "mx.example.com", "FACTEUR_RSPAMD", "http://127.0.0.1:" + port));
        return VerifierSettings.from(environment, CommonSettings.from(environment));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not complete in time", e);
        }
    }
}

package org.facteur.platform.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The cache, by a clock of its own. */
class CachingDnsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final FakeDns source = new FakeDns().txt("example.org", "one");
    private final Dns dns = new CachingDns(source, nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void answersAreRememberedForTheirTtl() {
        assertThat(dns.txt("example.org").result().records()).containsExactly("one");
        assertThat(dns.txt("EXAMPLE.ORG.").result().records()).containsExactly("one");
        assertThat(source.asked()).hasSize(1);
        assertThat(dns.mx("example.org").result().status()).isEqualTo(DnsAnswer.Status.NO_DATA);
        assertThat(source.asked()).hasSize(2);
        pass(Duration.ofMinutes(6));
        dns.txt("example.org");
        assertThat(source.asked()).hasSize(3);
    }

    @Test
    void absencesAreRemembered() {
        dns.txt("nobody.example.org");
        dns.txt("nobody.example.org");
        assertThat(source.asked()).hasSize(1);
        pass(Duration.ofMinutes(6));
        source.txt("nobody.example.org", "somebody");
        assertThat(dns.txt("nobody.example.org").result().records()).containsExactly("somebody");
    }

    @Test
    void failuresAreForgottenSoon() {
        source.fail("example.org");
        assertThat(dns.txt("example.org").result().isTemporaryFailure()).isTrue();
        source.recover("example.org");
        assertThat(dns.txt("example.org").result().isTemporaryFailure()).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(dns.txt("example.org").result().isFound()).isTrue();
    }

    @Test
    void equalQuestionsAreAskedOnce() {
        List<Promise<DnsAnswer<String>>> asked = new ArrayList<>();
        Dns slow = (Dns) Proxy.newProxyInstance(
                Dns.class.getClassLoader(), new Class<?>[] {Dns.class}, (proxy, method, arguments) -> {
                    Promise<DnsAnswer<String>> promise = Promise.promise();
                    asked.add(promise);
                    return promise.future();
                });
        Dns caching = new CachingDns(slow, nanos::get);
        Future<DnsAnswer<String>> first = caching.txt("example.org");
        Future<DnsAnswer<String>> second = caching.txt("example.org");
        assertThat(asked).hasSize(1);
        asked.get(0).complete(new DnsAnswer.Found<>(List.of("x"), Duration.ofSeconds(5), false));
        assertThat(first.result().records()).containsExactly("x");
        assertThat(second.result().records()).containsExactly("x");
    }
}

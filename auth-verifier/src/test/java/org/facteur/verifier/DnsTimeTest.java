package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.FakeDns;
import org.junit.jupiter.api.Test;

/** Name servers that never answer: the time of a message is bounded, and what was answered counts. Timers go off by hand. */
class DnsTimeTest {
    private final FakeDns dns = Messages.dns();
    private final Map<Long, Handler<Long>> timers = new HashMap<>();
    private long delay;

    @Test
    void silenceEndsWithinTwentySeconds() {
        Desk desk = desk(name -> true);
        Future<Void> taken = desk.take(signed());
        assertThat(taken.isComplete()).isFalse();
        assertThat(delay).isBetween(1L, 20_000L);
        goOff();
        assertThat(taken.succeeded()).isTrue();
        assertThat(desk.verdicts()).hasSize(1);
        assertThat(desk.verdict().code()).isEqualTo(451);
    }

    @Test
    void timerOfAnAnsweredMessageIsCancelled() {
        Desk desk = desk(name -> false);
        assertThat(desk.take(signed()).succeeded()).isTrue();
        assertThat(timers).isEmpty();
    }

    @Test
    void signatureOfTheAuthorCountsThoughSpfIsSilent() {
        dns.remove("example.org").txt("example.org", "v=spf1 include:silent.example -all");
        Desk desk = desk("silent.example"::equals);
        Future<Void> taken = desk.take(signed());
        goOff();
        assertThat(taken.succeeded()).isTrue();
        assertThat(desk.verdict()).isEqualTo(Verdict.accept("m1"));
        assertThat(desk.results())
                .contains("dkim=pass")
                .contains("spf=temperror")
                .contains("dmarc=temperror");
    }

    @Test
    void eachSignatureHasItsOwnResultThoughAKeyIsSilent() {
        Desk desk = desk("sel._domainkey.silent.example"::equals);
        String other = "DKIM-Signature: v=1; a=rsa-sha256; d=silent.example; s=sel; h=from; bh=AAAA; b=AAAA\r\n";
        Future<Void> taken = desk.take(new Body.Inline((other + Messages.signed(Messages.message())).getBytes(UTF_8)));
        goOff();
        assertThat(taken.succeeded()).isTrue();
        assertThat(desk.verdict()).isEqualTo(Verdict.accept("m1"));
        assertThat(desk.results())
                .contains("dkim=temperror reason=\"no answer in time\" header.d=silent.example")
                .contains("dkim=pass header.d=example.org");
    }

    private void goOff() {
        assertThat(timers).hasSize(1);
        timers.forEach((id, handler) -> handler.handle(id));
    }

    private static Body signed() {
        return new Body.Inline(Messages.signed(Messages.message()).getBytes(UTF_8));
    }

    private Desk desk(Predicate<String> silent) {
        Dns resolver = (Dns) Proxy.newProxyInstance(
                Dns.class.getClassLoader(),
                new Class<?>[] {Dns.class},
                (proxy, method, arguments) -> silent.test(String.valueOf(arguments[0]))
                        ? Promise.promise().future()
                        : answer(method, arguments));
        Vertx vertx = (Vertx) Proxy.newProxyInstance(
                Vertx.class.getClassLoader(),
                new Class<?>[] {Vertx.class},
                (proxy, method, arguments) -> timer(method, arguments));
        return new Desk(vertx, resolver, new GeneratedBodies());
    }

    private Object answer(Method method, Object[] arguments) throws IllegalAccessException, InvocationTargetException {
        return method.invoke(dns, arguments);
    }

    @SuppressWarnings("unchecked")
    private Object timer(Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "setTimer" -> {
                delay = (Long) arguments[0];
                timers.put((long) timers.size(), (Handler<Long>) arguments[1]);
                yield timers.size() - 1L;
            }
            case "cancelTimer" -> timers.remove((Long) arguments[0]) != null;
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }
}

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.facteur.mail.record.Body;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.FakeDns;
import org.junit.jupiter.api.Test;

/** Name servers that never answer: the time of a message is bounded, and what was answered counts. Timers go off by hand. */
class DnsTimeTest {
    private final FakeDns dns = Messages.dns();
    private final TreeMap<Long, Handler<Long>> timers = new TreeMap<>();
    private final List<Long> delays = new ArrayList<>();

    @Test
    void silenceEndsWithinTwentySeconds() {
        Desk desk = desk(name -> true);
        Future<Void> taken = desk.take(signed());
        assertThat(taken.isComplete()).isFalse();
        assertThat(delays).isNotEmpty().allSatisfy(delay -> assertThat(delay).isBetween(1L, 20_000L));
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

    /** Lets all timers go off, those that are set meanwhile too. */
    private void goOff() {
        while (!timers.isEmpty()) {
            Map.Entry<Long, Handler<Long>> first = timers.pollFirstEntry();
            first.getValue().handle(first.getKey());
        }
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
                long id = delays.size();
                delays.add((Long) arguments[0]);
                timers.put(id, (Handler<Long>) arguments[1]);
                yield id;
            }
            case "cancelTimer" -> timers.remove((Long) arguments[0]) != null;
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }
}

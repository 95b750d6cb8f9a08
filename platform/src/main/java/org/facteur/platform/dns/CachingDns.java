package org.facteur.platform.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Remembers answers for as long as they say, absences too, and temporary failures for a second. Equal questions that are
 * open at the same time are asked once. An answer that is remembered comes as a completed future, without changing
 * threads.
 */
public final class CachingDns implements Dns {

    private static final Duration MIN_TTL = Duration.ofSeconds(1);
    private static final long MAX_ENTRIES = 100_000;

    private record Question(RecordType type, String name) {}

    private final Dns source;
    private final Cache<Question, Future<DnsAnswer<?>>> answers;
    private final ConcurrentMap<Question, Promise<DnsAnswer<?>>> open = new ConcurrentHashMap<>();

    /** Remembers what a source says, by the machine's clock. */
    public CachingDns(Dns source) {
        this(source, Ticker.systemTicker());
    }

    /** Remembers what a source says, by a clock in nanoseconds. */
    public CachingDns(Dns source, Ticker ticker) {
        this.source = source;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .ticker(ticker)
                .executor(Runnable::run)
                .expireAfter(Expiry.creating((Question question, Future<DnsAnswer<?>> answer) -> lifetime(answer)))
                .build();
    }

    private static Duration lifetime(Future<DnsAnswer<?>> answer) {
        Duration ttl = answer.result().ttl();
        return ttl.compareTo(MIN_TTL) < 0 ? MIN_TTL : ttl;
    }

    @Override
    public Future<DnsAnswer<String>> txt(String name) {
        return ask(RecordType.TXT, name, () -> source.txt(name));
    }

    @Override
    public Future<DnsAnswer<MxRecord>> mx(String domain) {
        return ask(RecordType.MX, domain, () -> source.mx(domain));
    }

    @Override
    public Future<DnsAnswer<Inet4Address>> a(String host) {
        return ask(RecordType.A, host, () -> source.a(host));
    }

    @Override
    public Future<DnsAnswer<Inet6Address>> aaaa(String host) {
        return ask(RecordType.AAAA, host, () -> source.aaaa(host));
    }

    @Override
    public Future<DnsAnswer<String>> ptr(InetAddress address) {
        return ask(RecordType.PTR, ReverseName.of(address), () -> source.ptr(address));
    }

    @Override
    public Future<DnsAnswer<TlsaRecord>> tlsa(String name) {
        return ask(RecordType.TLSA, name, () -> source.tlsa(name));
    }

    /** Forgets everything, such as after a zone was changed by hand. */
    public void clear() {
        answers.invalidateAll();
    }

    private <T> Future<DnsAnswer<T>> ask(RecordType type, String name, Supplier<Future<DnsAnswer<T>>> look) {
        Question question = new Question(type, normal(name));
        Future<DnsAnswer<?>> known = answers.getIfPresent(question);
        if (known != null) {
            return typed(known);
        }
        Promise<DnsAnswer<?>> mine = Promise.promise();
        Promise<DnsAnswer<?>> others = open.putIfAbsent(question, mine);
        if (others != null) {
            return typed(onCaller(others.future()));
        }
        look.get()
                .<DnsAnswer<?>>map(answer -> answer)
                .otherwise(failure -> new DnsAnswer.TemporaryFailure<T>(String.valueOf(failure.getMessage())))
                .onSuccess(answer -> {
                    answers.put(question, Future.succeededFuture(answer));
                    open.remove(question);
                    mine.complete(answer);
                });
        return typed(onCaller(mine.future()));
    }

    /** The future of a question that perhaps another context has asked, complete on the caller's. */
    private static Future<DnsAnswer<?>> onCaller(Future<DnsAnswer<?>> answer) {
        Context caller = Vertx.currentContext();
        if (answer.isComplete() || caller == null) {
            return answer;
        }
        Promise<DnsAnswer<?>> here = Promise.promise();
        answer.onSuccess(result -> {
            if (Vertx.currentContext() == caller) {
                here.complete(result);
            } else {
                caller.runOnContext(any -> here.complete(result));
            }
        });
        return here.future();
    }

    /** A question's type decides the type of its records, so that all answers under it have the same. */
    @SuppressWarnings("unchecked")
    private static <T> Future<DnsAnswer<T>> typed(Future<DnsAnswer<?>> answer) {
        return (Future<DnsAnswer<T>>) (Future<?>) answer;
    }

    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}

package org.facteur.platform.dns;

import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * DNS made of maps, for tests without a network: every future is complete when it is returned.
 *
 * <p>A name that was never mentioned does not exist; one that has other records, or a name below it, has no data.
 * Methods that add return this.
 */
public final class FakeDns implements Dns {

    private static final Duration TTL = Duration.ofMinutes(5);

    private record Question(RecordType type, String name) {}

    private final Map<Question, List<Object>> zone = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private final Set<Question> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> failingNames = ConcurrentHashMap.newKeySet();
    private final Set<Question> authentic = ConcurrentHashMap.newKeySet();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** Adds a TXT record. */
    public FakeDns txt(String name, String... records) {
        return add(RecordType.TXT, name, (Object[]) records);
    }

    /** Adds an MX record; an empty exchange is the null MX. */
    public FakeDns mx(String domain, int preference, String exchange) {
        return add(RecordType.MX, domain, new MxRecord(preference, normal(exchange)));
    }

    /** Adds A or AAAA records, after the form of each address. */
    public FakeDns address(String host, String... addresses) {
        for (String text : addresses) {
            InetAddress address = literal(text);
            add(address instanceof Inet4Address ? RecordType.A : RecordType.AAAA, host, address);
        }
        return this;
    }

    /** Adds PTR records of an address. */
    public FakeDns ptr(String address, String... names) {
        for (String name : names) {
            add(RecordType.PTR, ReverseName.of(literal(address)), normal(name));
        }
        return this;
    }

    /** Adds a TLSA record. */
    public FakeDns tlsa(String name, TlsaRecord tlsa) {
        return add(RecordType.TLSA, name, tlsa);
    }

    /** Makes a name an alias of another. */
    public FakeDns cname(String name, String target) {
        aliases.put(normal(name), normal(target));
        return this;
    }

    /** Makes every question about a name fail temporarily until {@link #recover(String)}. */
    public FakeDns fail(String name) {
        failingNames.add(normal(name));
        return this;
    }

    /** Makes one type of question about a name fail temporarily until {@link #recover(String)}. */
    public FakeDns fail(RecordType type, String name) {
        failing.add(new Question(type, normal(name)));
        return this;
    }

    /** Ends the failures of a name. */
    public FakeDns recover(String name) {
        failingNames.remove(normal(name));
        failing.removeIf(question -> question.name().equals(normal(name)));
        return this;
    }

    /** Makes answers to a question carry the AD bit. */
    public FakeDns authentic(RecordType type, String name) {
        authentic.add(new Question(type, normal(name)));
        return this;
    }

    /** Forgets the records of a name. */
    public FakeDns remove(String name) {
        zone.keySet().removeIf(question -> question.name().equals(normal(name)));
        aliases.remove(normal(name));
        return this;
    }

    /** What was asked so far, each as {@code TYPE name}, in order. */
    public List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    @Override
    public Future<DnsAnswer<String>> txt(String name) {
        return ask(RecordType.TXT, name, String.class);
    }

    @Override
    public Future<DnsAnswer<MxRecord>> mx(String domain) {
        return ask(RecordType.MX, domain, MxRecord.class);
    }

    @Override
    public Future<DnsAnswer<Inet4Address>> a(String host) {
        return ask(RecordType.A, host, Inet4Address.class);
    }

    @Override
    public Future<DnsAnswer<Inet6Address>> aaaa(String host) {
        return ask(RecordType.AAAA, host, Inet6Address.class);
    }

    @Override
    public Future<DnsAnswer<String>> ptr(InetAddress address) {
        return ask(RecordType.PTR, ReverseName.of(address), String.class);
    }

    @Override
    public Future<DnsAnswer<TlsaRecord>> tlsa(String name) {
        return ask(RecordType.TLSA, name, TlsaRecord.class);
    }

    private FakeDns add(RecordType type, String name, Object... records) {
        zone.merge(new Question(type, normal(name)), List.of(records), (some, more) -> Stream.concat(
                        some.stream(), more.stream())
                .toList());
        return this;
    }

    private <T> Future<DnsAnswer<T>> ask(RecordType type, String name, Class<T> record) {
        asked.add(type + " " + normal(name));
        return Future.succeededFuture(answer(type, normal(name), record));
    }

    private <T> DnsAnswer<T> answer(RecordType type, String start, Class<T> record) {
        String name = start;
        Set<String> seen = new HashSet<>();
        while (aliases.containsKey(name) && seen.add(name)) {
            name = aliases.get(name);
        }
        Question question = new Question(type, name);
        if (aliases.containsKey(name)
                || failingNames.contains(start)
                || failingNames.contains(name)
                || failing.contains(new Question(type, start))
                || failing.contains(question)) {
            return new DnsAnswer.TemporaryFailure<>(aliases.containsKey(name) ? "CNAME loop" : "SERVFAIL");
        }
        List<Object> records = zone.getOrDefault(question, List.of());
        boolean vouched = authentic.contains(question);
        if (!records.isEmpty()) {
            Stream<T> typed = records.stream().map(record::cast);
            return new DnsAnswer.Found<>(
                    type == RecordType.MX ? typed.sorted(byPreference()).toList() : typed.toList(), TTL, vouched);
        }
        return exists(name) ? new DnsAnswer.NoData<>(TTL, vouched) : new DnsAnswer.NxDomain<>(TTL, vouched);
    }

    private static <T> Comparator<T> byPreference() {
        return Comparator.comparingInt(mx -> ((MxRecord) mx).preference());
    }

    private boolean exists(String name) {
        String below = "." + name;
        return Stream.concat(zone.keySet().stream().map(Question::name), aliases.keySet().stream())
                .anyMatch(known -> known.equals(name) || known.endsWith(below));
    }

    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}

package org.facteur.platform.dns;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * {@link Dns} over dnsjava: one question to recursive resolvers, over UDP and where that is too small over TCP, without
 * a thread that waits. Nothing is remembered; see {@link CachingDns}.
 */
public final class DnsjavaDns implements Dns {

    private static final int EDNS_PAYLOAD = 1232;
    private static final int MAX_ALIASES = 8;

    private final Resolver resolver;

    /** Asks the servers of the settings. */
    public DnsjavaDns(DnsSettings settings) {
        this.resolver = resolver(settings);
    }

    private static Resolver resolver(DnsSettings settings) {
        ExtendedResolver servers = settings.servers().isEmpty()
                ? new ExtendedResolver()
                : new ExtendedResolver(
                        settings.servers().stream().map(DnsjavaDns::simple).toArray(Resolver[]::new));
        servers.setRetries(settings.attempts());
        Resolver[] each = servers.getResolvers();
        for (Resolver server : each) {
            server.setTimeout(settings.timeout());
            server.setEDNS(0, EDNS_PAYLOAD, 0, List.of());
        }
        // of the whole question, to all servers in all rounds
        servers.setTimeout(settings.timeout()
                .multipliedBy((long) settings.attempts() * each.length)
                .plusMillis(500));
        return servers;
    }

    private static Resolver simple(InetSocketAddress address) {
        return new SimpleResolver(
                address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address);
    }

    @Override
    public Future<DnsAnswer<String>> txt(String name) {
        return ask(name, Type.TXT, TXTRecord.class, DnsjavaDns::joined);
    }

    @Override
    public Future<DnsAnswer<MxRecord>> mx(String domain) {
        return ask(domain, Type.MX, MXRecord.class, mx -> new MxRecord(mx.getPriority(), text(mx.getTarget())))
                .map(DnsjavaDns::byPreference);
    }

    @Override
    public Future<DnsAnswer<Inet4Address>> a(String host) {
        return ask(host, Type.A, ARecord.class, DnsjavaDns::nameless);
    }

    @Override
    public Future<DnsAnswer<Inet6Address>> aaaa(String host) {
        return ask(host, Type.AAAA, AAAARecord.class, DnsjavaDns::unmapped);
    }

    @Override
    public Future<DnsAnswer<String>> ptr(InetAddress address) {
        return ask(ReverseName.of(address), Type.PTR, PTRRecord.class, ptr -> text(ptr.getTarget()));
    }

    @Override
    public Future<DnsAnswer<TlsaRecord>> tlsa(String name) {
        return ask(
                name,
                Type.TLSA,
                TLSARecord.class,
                tlsa -> new TlsaRecord(
                        tlsa.getCertificateUsage(),
                        tlsa.getSelector(),
                        tlsa.getMatchingType(),
                        tlsa.getCertificateAssociationData()));
    }

    private <R extends Record, T> Future<DnsAnswer<T>> ask(
            String text, int type, Class<R> kind, Function<R, T> conversion) {
        Name name;
        try {
            name = Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            // no such name can be in DNS: a label over 63 octets, an empty label
            return Future.succeededFuture(new DnsAnswer.NxDomain<>(Reply.MAX_NEGATIVE_TTL, false));
        }
        Promise<DnsAnswer<T>> answer = Promise.promise();
        Context caller = Vertx.currentContext();
        ask(name, type, kind, conversion, Reply.MAX_TTL, true, MAX_ALIASES).whenComplete((found, failure) -> {
            DnsAnswer<T> result = failure == null ? found : new DnsAnswer.TemporaryFailure<>(reason(failure));
            if (caller == null) {
                answer.complete(result);
            } else {
                caller.runOnContext(any -> answer.complete(result));
            }
        });
        return answer.future();
    }

    private <R extends Record, T> CompletionStage<DnsAnswer<T>> ask(
            Name name,
            int type,
            Class<R> kind,
            Function<R, T> conversion,
            Duration ttl,
            boolean authentic,
            int aliases) {
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        query.getHeader().setFlag(Flags.AD); // RFC 6840 section 5.7: we understand the AD bit
        return resolver.sendAsync(query).thenCompose(message -> {
            Reply reply = Reply.of(message, name, type, ttl, authentic);
            if (reply.alias().isEmpty()) {
                return CompletableFuture.completedFuture(reply.answer(kind, conversion));
            }
            if (aliases == 0) {
                return CompletableFuture.completedFuture(new DnsAnswer.TemporaryFailure<T>("too many CNAMEs"));
            }
            // the server gave an alias without what it stands for
            return ask(reply.alias().get(), type, kind, conversion, reply.ttl(), reply.authentic(), aliases - 1);
        });
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof IOException && message.toLowerCase(Locale.ROOT).contains("timed out")) {
            return "timeout";
        }
        return message;
    }

    private static <T> DnsAnswer<T> sorted(DnsAnswer<T> answer, Comparator<T> order) {
        return answer.isFound()
                ? new DnsAnswer.Found<>(
                        answer.records().stream().sorted(order).toList(), answer.ttl(), answer.authentic())
                : answer;
    }

    private static DnsAnswer<MxRecord> byPreference(DnsAnswer<MxRecord> answer) {
        return sorted(answer, Comparator.comparingInt(MxRecord::preference));
    }

    private static String joined(TXTRecord txt) {
        StringBuilder text = new StringBuilder();
        for (byte[] part : txt.getStringsAsByteArrays()) {
            text.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    /** The address without the name that dnsjava puts into it. */
    private static Inet4Address nameless(ARecord a) {
        try {
            return (Inet4Address) InetAddress.getByAddress(a.getAddress().getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The address as IPv6 even where it is an IPv4-mapped one, which Java turns into an Inet4Address. */
    private static Inet6Address unmapped(AAAARecord aaaa) {
        byte[] octets = aaaa.getAddress().getAddress();
        byte[] address = new byte[16];
        if (octets.length == 4) {
            address[10] = -1;
            address[11] = -1;
        }
        System.arraycopy(octets, 0, address, 16 - octets.length, octets.length);
        try {
            return Inet6Address.getByAddress(null, address, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true).toLowerCase(Locale.ROOT);
    }
}

package org.facteur.verifier.explain;

import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsAnswer;
import org.facteur.platform.dns.MxRecord;
import org.facteur.platform.dns.RecordType;
import org.facteur.platform.dns.ReverseName;
import org.facteur.platform.dns.TlsaRecord;
import org.facteur.verifier.ClientAddress;

/**
 * Another DNS whose questions and answers are written into a log. An answer that is there at once was remembered: the cache
 * below completes only those so.
 */
final class RecordingDns implements Dns {
    private final Dns source;
    private final MethodLog log;

    RecordingDns(Dns source, MethodLog log) {
        this.source = source;
        this.log = log;
    }

    @Override
    public Future<DnsAnswer<String>> txt(String name) {
        return ask(RecordType.TXT, name, () -> source.txt(name), text -> text);
    }

    @Override
    public Future<DnsAnswer<MxRecord>> mx(String domain) {
        return ask(
                RecordType.MX,
                domain,
                () -> source.mx(domain),
                mx -> mx.preference() + " " + (mx.isNull() ? "." : mx.exchange()));
    }

    @Override
    public Future<DnsAnswer<Inet4Address>> a(String host) {
        return ask(RecordType.A, host, () -> source.a(host), ClientAddress::text);
    }

    @Override
    public Future<DnsAnswer<Inet6Address>> aaaa(String host) {
        return ask(RecordType.AAAA, host, () -> source.aaaa(host), ClientAddress::text);
    }

    @Override
    public Future<DnsAnswer<String>> ptr(InetAddress address) {
        return ask(RecordType.PTR, ReverseName.of(address), () -> source.ptr(address), name -> name);
    }

    @Override
    public Future<DnsAnswer<TlsaRecord>> tlsa(String name) {
        return ask(
                RecordType.TLSA,
                name,
                () -> source.tlsa(name),
                tlsa -> tlsa.usage() + " " + tlsa.selector() + " " + tlsa.matchingType() + " "
                        + HexFormat.of().formatHex(tlsa.data()));
    }

    private <T> Future<DnsAnswer<T>> ask(
            RecordType type, String name, Supplier<Future<DnsAnswer<T>>> question, Function<T, String> text) {
        MethodLog.Asked asked = log.ask(type, name.toLowerCase(Locale.ROOT));
        Future<DnsAnswer<T>> answer = question.get();
        boolean cached = answer.isComplete();
        return answer.onSuccess(found ->
                log.answered(asked, found, found.records().stream().map(text).toList(), cached));
    }
}

package org.facteur.platform.dns;

import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Look-ups that mail needs, following CNAMEs.
 *
 * <p>A future never fails for what DNS says or does not say: server failures, timeouts and malformed names are
 * {@link DnsAnswer.TemporaryFailure} or {@link DnsAnswer.NxDomain}. It completes on the caller's Vert.x context when
 * there is one. Names are given and returned without the trailing dot; returned names are in lower case.
 */
public interface Dns {

    /**
     * The TXT records of a name. The strings of one record are joined without a separator (RFC 7208 section 3.3, RFC
     * 6376 section 3.6.2.2); each char of the result is one octet (ISO 8859-1).
     */
    Future<DnsAnswer<String>> txt(String name);

    /** The MX records of a domain, sorted by preference; a null MX (RFC 7505) is a record whose exchange is the root. */
    Future<DnsAnswer<MxRecord>> mx(String domain);

    /** The IPv4 addresses of a host. */
    Future<DnsAnswer<Inet4Address>> a(String host);

    /** The IPv6 addresses of a host. */
    Future<DnsAnswer<Inet6Address>> aaaa(String host);

    /** The names that the reverse zone gives to an address. */
    Future<DnsAnswer<String>> ptr(InetAddress address);

    /** The TLSA records (RFC 6698) of a name such as {@code _25._tcp.mx.example.org}. */
    Future<DnsAnswer<TlsaRecord>> tlsa(String name);
}

package org.facteur.compose;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.facteur.platform.dns.ZoneServer;
import org.facteur.standalone.SmtpSink;

/**
 * The outside world on an address of this machine that containers reach: DNS for {@code example.test} (ours), {@code
 * outside.test} (a well-kept domain elsewhere) and {@code away.test} (whose server refuses connections), and the mail server of
 * outside.test.
 */
final class Outside implements AutoCloseable {
    static final String OURS = "example.test";
    static final String HOSTNAME = "mail.example.test";

    private final Vertx vertx = Vertx.vertx();
    private final SmtpSink sink;
    private final ZoneServer zone;

    Outside(String address) throws IOException {
        sink = new SmtpSink(vertx, address);
        sink.listen().await();
        zone = ZoneServer.start("""
                outside.test. 300 MX 10 mx.outside.test.
                outside.test. 300 TXT "v=spf1 ip4:172.16.0.0/12 ip4:192.168.0.0/16 ip4:10.0.0.0/8 -all"
                _dmarc.outside.test. 300 TXT "v=DMARC1; p=reject"
                mx.outside.test. 300 A %1$s
                away.test. 300 MX 10 mx.away.test.
                mx.away.test. 300 A 127.0.0.1
                example.test. 300 MX 10 mail.example.test.
                mail.example.test. 300 A %1$s
                """.formatted(address), InetAddress.getByName(address));
    }

    /** Makes an address from which the tests connect that of mx.outside.test. */
    void speaksFrom(String address) {
        String[] octets = address.split("\\.");
        zone.add("%s.%s.%s.%s.in-addr.arpa. 300 PTR mx.outside.test.\n"
                .formatted(octets[3], octets[2], octets[1], octets[0]));
        zone.add("mx.outside.test. 300 A %s\n".formatted(address));
    }

    /** As FACTEUR_DNS takes it. */
    String dns() {
        return zone.hostAndPort();
    }

    /** As FACTEUR_EGRESS_PORT takes it. */
    int port() {
        return sink.port();
    }

    /** What its mail server took. */
    List<String> messages() {
        return sink.messages();
    }

    @Override
    public void close() throws IOException {
        zone.close();
        vertx.close().await();
    }
}

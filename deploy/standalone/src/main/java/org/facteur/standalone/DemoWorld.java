package org.facteur.standalone;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.facteur.platform.dns.ZoneServer;

/**
 * DNS as the demo needs it, on this machine alone: demo.test is ours; outside.test is a well-kept domain elsewhere, with
 * reverse DNS, SPF, DKIM and DMARC.
 */
final class DemoWorld implements AutoCloseable {
    static final String OUTSIDE = "outside.test";
    static final String SELECTOR = "demo";

    private final ZoneServer zone;
    private final String privateKey;

    DemoWorld() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Base64.Encoder base64 = Base64.getEncoder();
        privateKey = base64.encodeToString(pair.getPrivate().getEncoded());
        String key = base64.encodeToString(pair.getPublic().getEncoded());
        zone = ZoneServer.start(String.join(
                "\n",
                "outside.test. 300 MX 10 mx.outside.test.",
                "outside.test. 300 TXT \"v=spf1 ip4:127.0.0.1 -all\"",
                "mx.outside.test. 300 A 127.0.0.1",
                "1.0.0.127.in-addr.arpa. 300 PTR mx.outside.test.",
                "demo._domainkey.outside.test. 300 TXT \"v=DKIM1; k=rsa; p=" + key.substring(0, 200) + "\" \""
                        + key.substring(200) + "\"",
                "_dmarc.outside.test. 300 TXT \"v=DMARC1; p=reject\"",
                "demo.test. 300 MX 10 mail.demo.test.",
                "mail.demo.test. 300 A 127.0.0.1",
                ""));
    }

    /** Where to ask, as FACTEUR_DNS takes it. */
    String dns() {
        return zone.hostAndPort();
    }

    /** The key that outside.test signs with: PKCS #8, base64. */
    String privateKey() {
        return privateKey;
    }

    /** The zone itself, for tests that add to it. */
    ZoneServer zone() {
        return zone;
    }

    @Override
    public void close() throws IOException {
        zone.close();
    }
}

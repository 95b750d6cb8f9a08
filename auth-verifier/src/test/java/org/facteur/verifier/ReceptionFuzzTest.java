package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.facteur.mail.record.Body;

/** Whatever octets arrive, the stage gives exactly one verdict, at once where DNS answers at once. */
class ReceptionFuzzTest {
    /** No timer is needed where DNS answers at once. */
    private static final Vertx NO_TIMERS = (Vertx) Proxy.newProxyInstance(
            Vertx.class.getClassLoader(), new Class<?>[] {Vertx.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.toString());
            });

    @Property(tries = 500)
    void anyOctetsGetAVerdict(@ForAll byte[] octets) {
        verdictOf(octets);
    }

    @Property(tries = 1500)
    void anythingLikeAMessageGetsAVerdict(@ForAll("messages") String message) {
        verdictOf(message.getBytes(ISO_8859_1));
    }

    private static void verdictOf(byte[] octets) {
        Desk desk = new Desk(NO_TIMERS, Messages.dns(), new GeneratedBodies());
        assertThat(desk.take(new Body.Inline(octets)).succeeded()).isTrue();
        assertThat(desk.verdicts()).hasSize(1);
    }

    @Provide
    static Arbitrary<String> messages() {
        Arbitrary<String> piece = Arbitraries.of(
                "\r\n",
                "\n",
                "\r",
                " ",
                "\t",
                "\u0000",
                "\u00ff",
                ":",
                ";",
                ",",
                "<",
                ">",
                "(",
                "\"",
                "\\",
                "@",
                "From: ",
                "from:alice@example.org",
                "\r\nFrom: \"A\" <a@example.org>\r\n",
                "\r\nDKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=sel; h=from; bh=AAAA; b=AAAA",
                "\r\nDKIM-Signature: v=1; a=ed25519-sha256; c=relaxed; d=example.org; s=sel; h=from:from; l=1; bh=",
                "\r\nAuthentication-Results: mx.example.com; ",
                "\r\nAuthentication-Results: (c) \"mx.example.com",
                "\r\nARC-Seal: i=1; cv=none",
                "i=1;",
                "xn--",
                "é.example",
                "example.org",
                "=?utf-8?q?x?=");
        return piece.list().ofMaxSize(30).map(pieces -> String.join("", pieces));
    }
}

package org.facteur.mail.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyHasherTest {
    private static final BodyHasher.Form SIMPLE = new BodyHasher.Form(Canonicalization.SIMPLE, OptionalLong.empty());

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'', '~', ''",
                "'~', '~', ''",
                "'~~~', '~', ''",
                "' ~ ~', ' ~ ~', ''",
                "'a', 'a~', 'a~'",
                "'a~', 'a~', 'a~'",
                "'a~~~', 'a~', 'a~'",
                "'a~~b~~', 'a~~b~', 'a~~b~'",
                "'a  ~', 'a  ~', 'a~'",
                "' a_ _b~', ' a_ _b~', ' a b~'",
                "'a~  ~~', 'a~  ~', 'a~'",
                "' C _~D _ E~~~', ' C _~D _ E~', ' C~D E~'",
                "'a^', 'a^~', 'a^~'",
                "'a^^~', 'a^^~', 'a^^~'",
                "'a`b', 'a`b~', 'a`b~'",
                "'`', '`~', '`~'",
                "'~`', '~`~', '~`~'",
                "'a ^b', 'a ^b~', 'a ^b~'",
            })
    void canonicalizes(String body, String simple, String relaxed) {
        assertThat(hash(bytes(body), SIMPLE, body.length() + 1)).isEqualTo(sha256(bytes(simple)));
        assertThat(hash(bytes(body), BodyHasher.Form.RELAXED, body.length() + 1))
                .isEqualTo(sha256(bytes(relaxed)));
    }

    /** RFC 6376 sections 3.4.3 and 3.4.4 give the hashes of the empty body. */
    @Test
    void emptyBodyHasTheHashesOfTheStandard() {
        assertThat(base64(new byte[0], SIMPLE)).isEqualTo("frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
        assertThat(base64(new byte[0], BodyHasher.Form.RELAXED))
                .isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    @Test
    void limitCountsCanonicalOctets() {
        BodyHasher.Form limited = new BodyHasher.Form(Canonicalization.RELAXED, OptionalLong.of(4));
        BodyHasher hasher = new BodyHasher(List.of(limited, BodyHasher.Form.RELAXED, SIMPLE));
        byte[] body = bytes("a   b~c~");
        hasher.update(body, 0, body.length);
        Map<BodyHasher.Form, BodyHash> hashes = hasher.finish();
        assertThat(HexFormat.of().formatHex(hashes.get(limited).sha256())).isEqualTo(sha256(bytes("a b^")));
        assertThat(hashes.get(limited).hashed()).isEqualTo(4);
        assertThat(hashes.get(limited).length()).isEqualTo(8);
        assertThat(hashes.get(SIMPLE).hashed()).isEqualTo(10);
    }

    @Property(tries = 500)
    void cutsMakeNoDifference(@ForAll("bodies") String body, @ForAll("bodies") String more) {
        byte[] bytes = bytes(body + more);
        for (BodyHasher.Form form : List.of(SIMPLE, BodyHasher.Form.RELAXED)) {
            String whole = hash(bytes, form, bytes.length + 1);
            for (int step = 1; step < 5; step++) {
                assertThat(hash(bytes, form, step)).isEqualTo(whole);
            }
        }
    }

    @Property(tries = 500)
    void relaxedAgreesWithTheDefinition(@ForAll("bodies") String body) {
        String text = new String(bytes(body), ISO_8859_1);
        String canonical = text.replaceAll("[ \t]+(?=\r\n|\\z)", "")
                .replaceAll("[ \t]+", " ")
                .replaceAll("(\r\n)+\\z", "");
        canonical = canonical.isEmpty() ? "" : canonical + "\r\n";
        assertThat(hash(bytes(body), BodyHasher.Form.RELAXED, 3)).isEqualTo(sha256(canonical.getBytes(ISO_8859_1)));
    }

    @Test
    void passesALargeBody() {
        byte[] body = new byte[1 << 20];
        ThreadLocalRandom.current().nextBytes(body);
        String whole = hash(body, BodyHasher.Form.RELAXED, body.length);
        assertThat(hash(body, BodyHasher.Form.RELAXED, 1000)).isEqualTo(whole);
    }

    @Provide
    static Arbitrary<String> bodies() {
        return Arbitraries.strings().withChars("a~^` _").ofMaxLength(24);
    }

    /** {@code ~} is CRLF, {@code ^} CR, {@code `} LF and {@code _} a tab. */
    private static byte[] bytes(String text) {
        return text.replace("~", "\r\n")
                .replace("^", "\r")
                .replace("`", "\n")
                .replace("_", "\t")
                .getBytes(ISO_8859_1);
    }

    private static String hash(byte[] body, BodyHasher.Form form, int step) {
        return HexFormat.of().formatHex(run(body, form, step));
    }

    private static String base64(byte[] body, BodyHasher.Form form) {
        return Base64.getEncoder().encodeToString(run(body, form, 1));
    }

    private static byte[] run(byte[] body, BodyHasher.Form form, int step) {
        BodyHasher hasher = new BodyHasher(List.of(form));
        for (int at = 0; at < body.length; at += step) {
            hasher.update(body, at, Math.min(at + step, body.length));
        }
        return hasher.finish().get(form).sha256();
    }

    private static String sha256(byte[] bytes) {
        MessageDigest digest = BodyHasher.sha256();
        return HexFormat.of().formatHex(digest.digest(bytes));
    }
}

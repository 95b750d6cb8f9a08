package org.facteur.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.facteur.platform.config.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
    private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.US_ASCII);
    private final String key = Seal.newKey();
    private final Seal seal = Seal.from(key);

    @Test
    void opensWhatItSealed() throws Exception {
        String sealed = seal.seal(SECRET);
        assertThat(Seal.from(key).open(sealed)).isEqualTo(SECRET);
        assertThat(seal.seal(SECRET)).as("a new nonce each time").isNotEqualTo(sealed);
    }

    @Test
    void anotherKeyDoesNotOpen() {
        String sealed = seal.seal(SECRET);
        assertThatThrownBy(() -> Seal.from(Seal.newKey()).open(sealed)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aChangeIsNoticed() {
        byte[] sealed = Base64.getDecoder().decode(seal.seal(SECRET));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            String text = Base64.getEncoder().encodeToString(changed);
            assertThatThrownBy(() -> seal.open(text)).isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> seal.open("")).isInstanceOf(GeneralSecurityException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "not base64!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesAKeyWithoutRepeatingIt(String wrong) {
        assertThatThrownBy(() -> Seal.from(wrong))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("FACTEUR_MASTER_KEY")
                .satisfies(e -> assertThat(wrong.isEmpty() || !e.getMessage().contains(wrong))
                        .isTrue());
    }
}

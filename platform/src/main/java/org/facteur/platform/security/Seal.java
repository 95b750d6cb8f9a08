package org.facteur.platform.security;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.SettingException;

/** Seals secrets with AES-256-GCM under FACTEUR_MASTER_KEY. The sealed form is base64 of nonce and ciphertext. */
public final class Seal {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_OCTETS = 32;
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;

    private Seal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Under a key in base64; fails with {@link SettingException} where it is not 32 octets. */
    public static Seal from(String masterKey) {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(masterKey);
        } catch (IllegalArgumentException e) {
            octets = new byte[0];
        }
        if (octets.length != KEY_OCTETS) {
            // The value itself is a secret: it is not repeated in the message.
            throw new SettingException(CommonSettings.MASTER_KEY.name() + ": accepted is " + KEY_OCTETS
                    + " octets in base64, such as `openssl rand -base64 32` prints");
        }
        return new Seal(octets);
    }

    /** A new key in the form of {@link #from}. */
    public static String newKey() {
        byte[] octets = new byte[KEY_OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }

    /** Seals a secret. */
    public String seal(byte[] secret) {
        byte[] nonce = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(secret);
            byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Opens what {@link #seal} gave; fails where it was sealed under another key or changed. */
    public byte[] open(String sealed) throws GeneralSecurityException {
        byte[] all = Base64.getDecoder().decode(sealed);
        if (all.length < NONCE_OCTETS) {
            throw new GeneralSecurityException("too short to be sealed");
        }
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_OCTETS))
                .doFinal(all, NONCE_OCTETS, all.length - NONCE_OCTETS);
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}

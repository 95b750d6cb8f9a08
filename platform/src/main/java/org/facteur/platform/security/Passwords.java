package org.facteur.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id (RFC 9106) in the PHC string form. Hashing takes tens of milliseconds and 19 MiB on purpose: it runs
 * on a few threads of its own, which all instances of a process share, so that strangers who guess take neither the memory
 * nor the workers that others need. A password that was right is remembered for some minutes, as a keyed hash in memory
 * only, so that clients that open many connections do not pay each time; another stored hash forgets it.
 */
public final class Passwords {
    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    private static final int SALT_OCTETS = 16;
    private static final int HASH_OCTETS = 32;
    private static final int MOST_MEMORY_KIB = 1 << 20;
    private static final int MOST_THREADS = 4;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private static final int RANDOM_OCTETS = 24;

    private final WorkerExecutor workers;
    private final SecureRandom random = new SecureRandom();
    private final byte[] cacheKey = new byte[32];
    private final Cache<String, Boolean> right = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    /** Hashes on worker threads of {@code vertx}, one a processor and {@value #MOST_THREADS} at most. */
    public Passwords(Vertx vertx) {
        workers = vertx.createSharedWorkerExecutor(
                "passwords", Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
        random.nextBytes(cacheKey);
    }

    /** A random password or token of 192 bits; it needs no escaping in a URI. */
    public static String random() {
        byte[] octets = new byte[RANDOM_OCTETS];
        new SecureRandom().nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** The hash to store. */
    public Future<String> hash(String password) {
        return workers.executeBlocking(
                () -> {
                    byte[] salt = new byte[SALT_OCTETS];
                    random.nextBytes(salt);
                    byte[] hash = argon2(password, salt, MEMORY_KIB, ITERATIONS, PARALLELISM, HASH_OCTETS);
                    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
                    return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + PARALLELISM + "$"
                            + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
                },
                false);
    }

    /** Whether the password is the one of the stored hash; a hash of another form matches nothing. */
    public Future<Boolean> verify(String password, String stored) {
        String known = fingerprint(password, stored);
        if (right.getIfPresent(known) != null) {
            return Future.succeededFuture(true);
        }
        return workers.executeBlocking(() -> isRight(password, stored), false).onSuccess(matched -> {
            if (matched) {
                right.put(known, true);
            }
        });
    }

    /** Takes as long as {@link #verify} does, and is never right: for accounts that do not exist. */
    public Future<Boolean> verifyNone(String password) {
        return workers.executeBlocking(
                () -> {
                    argon2(password, new byte[SALT_OCTETS], MEMORY_KIB, ITERATIONS, PARALLELISM, HASH_OCTETS);
                    return false;
                },
                false);
    }

    private static boolean isRight(String password, String stored) {
        try {
            return matches(password, stored);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return false; // parameters that Argon2id does not have, or no base64
        }
    }

    private static boolean matches(String password, String stored) {
        Matcher phc = PHC.matcher(stored);
        if (!phc.matches()) {
            return false;
        }
        int memory = Integer.parseInt(phc.group(1));
        byte[] expected = Base64.getDecoder().decode(phc.group(5));
        if (memory > MOST_MEMORY_KIB || expected.length < HASH_OCTETS / 2) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(phc.group(4));
        int iterations = Integer.parseInt(phc.group(2));
        int parallelism = Integer.parseInt(phc.group(3));
        return MessageDigest.isEqual(
                expected, argon2(password, salt, memory, iterations, parallelism, expected.length));
    }

    private static byte[] argon2(
            String password, byte[] salt, int memory, int iterations, int parallelism, int octets) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .build());
        byte[] hash = new byte[octets];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private String fingerprint(String password, String stored) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(cacheKey, "HmacSHA256"));
            mac.update(stored.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}

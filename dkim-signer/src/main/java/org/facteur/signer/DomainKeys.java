package org.facteur.signer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.mail.record.DkimKeyEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Json;
import org.facteur.mail.record.Topic;
import org.facteur.platform.directory.TableView;
import org.facteur.platform.kafka.RecordProducer;
import org.facteur.platform.security.Seal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys of every domain: made when a domain appears (RSA-2048 and Ed25519), kept sealed on directory.dkim, opened
 * here only. Two instances that make keys for one domain at once do no harm: the selector is the same and the last record
 * on the topic wins everywhere.
 */
final class DomainKeys {
    private static final Logger LOG = LoggerFactory.getLogger(DomainKeys.class);
    private static final int RSA_BITS = 2048;
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("yyyyMM").withZone(ZoneOffset.UTC);

    private final Context context;
    private final TableView<DomainEntry> domains;
    private final TableView<DkimKeyEntry> entries;
    private final RecordProducer producer;
    private final Seal seal;
    private final Clock clock;
    private final Map<String, List<DkimSigningKey>> byDomain = new ConcurrentHashMap<>();
    private final Map<String, DkimSigningKey> opened = new ConcurrentHashMap<>();
    private final Set<String> making = ConcurrentHashMap.newKeySet();

    DomainKeys(
            Context context,
            TableView<DomainEntry> domains,
            TableView<DkimKeyEntry> entries,
            RecordProducer producer,
            Seal seal,
            Clock clock) {
        this.context = context;
        this.domains = domains;
        this.entries = entries;
        this.producer = producer;
        this.seal = seal;
        this.clock = clock;
    }

    /** Follows both tables; completes when the keys of every known domain are there. */
    Future<Void> start() {
        return Future.all(domains.caughtUp(), entries.caughtUp()).compose(caughtUp -> {
            entries.onChange((key, entry) -> keyChanged(key, entry));
            domains.onChange((name, domain) ->
                    domain.ifPresent(entry -> context.runOnContext(run -> makeMissing(entry.domain()))));
            return Future.succeededFuture();
        });
    }

    /** The keys that sign for a domain, RSA first; empty where the domain is not ours or its keys are not made yet. */
    List<DkimSigningKey> keysOf(String domain) {
        return byDomain.getOrDefault(domain, List.of());
    }

    /** Whether the domain's mail lives here, so that it has keys or will have them in a moment. */
    boolean isOurs(String domain) {
        return domains.get(domain).isPresent();
    }

    private void keyChanged(String key, Optional<DkimKeyEntry> entry) {
        opened.remove(key);
        entry.ifPresent(present -> {
            try {
                opened.put(key, open(present));
            } catch (GeneralSecurityException | RuntimeException e) {
                LOG.error("cannot open the DKIM key {}; is FACTEUR_MASTER_KEY the one that sealed it?", key, e);
            }
        });
        String domain = key.substring(0, key.indexOf('/'));
        List<DkimSigningKey> keys = new ArrayList<>();
        for (DkimSigningKey each : opened.values()) {
            if (each.domain().equals(domain)) {
                keys.add(each);
            }
        }
        keys.sort(Comparator.comparing(DkimSigningKey::algorithm).thenComparing(DkimSigningKey::selector));
        byDomain.put(domain, List.copyOf(keys));
    }

    private void makeMissing(String domain) {
        for (DkimAlgorithm algorithm : DkimAlgorithm.values()) {
            boolean there = entries.values().stream()
                    .anyMatch(entry ->
                            entry.domain().equals(domain) && entry.algorithm().equals(algorithm.keyType()));
            String job = domain + "/" + algorithm.keyType();
            if (!there && making.add(job)) {
                context.owner()
                        .executeBlocking(() -> make(domain, algorithm), false)
                        .compose(entry -> producer.send(
                                new ProducerRecord<>(Topic.DKIM.topicName(), entry.key(), Json.bytes(entry))))
                        .onFailure(cause -> {
                            LOG.warn("cannot make the {} key of {}, trying again", algorithm.keyType(), domain, cause);
                            context.owner().setTimer(1000, timer -> makeMissing(domain));
                        })
                        .onComplete(done -> making.remove(job));
            }
        }
    }

    /** Makes a key pair; the selector tells algorithm and month, so that a rotation gets a new one. */
    private DkimKeyEntry make(String domain, DkimAlgorithm algorithm) throws GeneralSecurityException {
        boolean rsa = algorithm == DkimAlgorithm.RSA_SHA256;
        KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "Ed25519");
        if (rsa) {
            generator.initialize(RSA_BITS);
        }
        KeyPair pair = generator.generateKeyPair();
        byte[] published = rsa ? pair.getPublic().getEncoded() : rawEd25519((EdECPublicKey) pair.getPublic());
        return new DkimKeyEntry(
                domain,
                (rsa ? "r" : "e") + MONTH.format(clock.instant()),
                algorithm.keyType(),
                Base64.getEncoder().encodeToString(published),
                seal.seal(pair.getPrivate().getEncoded()),
                clock.instant());
    }

    /** RFC 8463 section 4: the 32 octets of the public key, which are the last of its SubjectPublicKeyInfo. */
    private static byte[] rawEd25519(EdECPublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private DkimSigningKey open(DkimKeyEntry entry) throws GeneralSecurityException {
        DkimAlgorithm algorithm =
                entry.algorithm().equals("rsa") ? DkimAlgorithm.RSA_SHA256 : DkimAlgorithm.ED25519_SHA256;
        PrivateKey key = KeyFactory.getInstance(algorithm == DkimAlgorithm.RSA_SHA256 ? "RSA" : "Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(seal.open(entry.sealedPrivateKey())));
        return new DkimSigningKey(entry.domain(), entry.selector(), algorithm, key);
    }
}

package org.facteur.bench;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DkimSigner;
import org.facteur.mail.dkim.DkimSigningKey;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.body.DirectoryBodyStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.dns.CachingDns;
import org.facteur.platform.dns.DnsjavaDns;
import org.facteur.platform.dns.ZoneServer;
import org.facteur.verifier.Authentication;
import org.facteur.verifier.VerifierSettings;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Verifies signed messages as the stage does, on one thread: header, iprev, SPF, DKIM, DMARC, policy, Authentication-Results.
 * Each has one RSA-2048 signature; DNS is asked once over the network and then answers from its cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class VerifyBenchmark {
    private static final int MASK = 255;

    /**
     * Operations per second of processor time of the whole process, garbage collection and all: what a core does, also where
     * others want it too.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class ProcessorTime {
        private static final OperatingSystemMXBean SYSTEM =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        /** What JMH divides by the wall time. */
        public double perCore;

        private long operations;
        private long wall;
        private long processor;

        /** Looks at the clocks. */
        @Setup(Level.Iteration)
        public void begin() {
            operations = 0;
            wall = System.nanoTime();
            processor = SYSTEM.getProcessCpuTime();
        }

        /** Looks at the clocks again. */
        @TearDown(Level.Iteration)
        public void end() {
            double share = (double) (SYSTEM.getProcessCpuTime() - processor) / (System.nanoTime() - wall);
            perCore = operations / share;
        }
    }

    /** Octets of a message. */
    @Param({"4096", "1048576"})
    private int octets;

    private final Vertx vertx = Vertx.vertx();
    private final Body[] messages = new Body[MASK + 1];
    private final Received received = new Received(
            Received.VERSION,
            "m1",
            Instant.now(),
            Instant.now().plusSeconds(3600),
            "0/r1",
            new Client("127.0.0.1", "mx.sender.test", ""),
            "sender@sender.test",
            List.of(new Recipient("reader@bench.test", "reader@bench.test", true)),
            false,
            "");
    private ZoneServer zone;
    private Authentication authentication;
    private int next;

    /** Signs the messages, starts the name server and verifies one message. */
    @Setup
    public void start()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException, TimeoutException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        List<DkimSigningKey> keys =
                List.of(new DkimSigningKey("sender.test", "s1", DkimAlgorithm.RSA_SHA256, pair.getPrivate()));
        DkimSigner signer = new DkimSigner(Clock.systemUTC());
        int distinct = octets > 100_000 ? 4 : messages.length;
        SignedMessages signed =
                new SignedMessages(octets, distinct, message -> signer.sign(message, 0, message.length, keys)
                        .getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < messages.length; i++) {
            messages[i] = i < distinct ? new Body.Inline(signed.wire(i)) : messages[i % distinct];
        }
        zone = ZoneServer.start(Bench.zone(pair));
        Environment environment = Environment.of(Map.of("FACTEUR_HOSTNAME", "mx.bench.test"));
        Path scratch = Files.createTempDirectory("facteur-bench");
        authentication = new Authentication(
                vertx,
                new CachingDns(new DnsjavaDns(zone.settings())),
                new DirectoryBodyStore(vertx, scratch),
                Clock.systemUTC(),
                VerifierSettings.from(environment, CommonSettings.from(environment)));
        Authentication.Outcome first = authentication
                .of(received, messages[0])
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        if (!first.verdict().equals(Verdict.accept("m1")) || !first.results().contains("dkim=pass")) {
            throw new IllegalStateException("not genuine: " + first);
        }
    }

    /** Stops the name server. */
    @TearDown
    public void stop() throws IOException {
        zone.close();
        vertx.close();
    }

    /** One message. */
    @Benchmark
    public Authentication.Outcome verify(ProcessorTime processor) {
        processor.operations++;
        return authentication.of(received, messages[next++ & MASK]).result();
    }
}

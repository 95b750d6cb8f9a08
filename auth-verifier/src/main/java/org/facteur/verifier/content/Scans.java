package org.facteur.verifier.content;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;

/** What the scanners find in one message. */
public final class Scans {
    private final List<Scanner> scanners;
    private final List<Future<ScanResult>> answers;

    /** The answers to come, one per scanner. */
    Scans(List<Scanner> scanners, List<Future<ScanResult>> answers) {
        this.scanners = scanners;
        this.answers = answers;
    }

    /** Nobody is asked. */
    public static Scans none() {
        return new Scans(List.of(), List.of());
    }

    /** Ends when each has answered or given up; never fails. */
    public Future<?> done() {
        return answers.isEmpty()
                ? Future.succeededFuture()
                : Future.join(answers).otherwiseEmpty();
    }

    /** One result per scanner; {@link Finding#ERROR} where there is none yet. */
    public List<ScanResult> results() {
        return IntStream.range(0, scanners.size())
                .mapToObj(i -> answers.get(i).succeeded()
                        ? answers.get(i).result()
                        : ScanResult.error(scanners.get(i).name(), Failure.NO_ANSWER))
                .toList();
    }
}

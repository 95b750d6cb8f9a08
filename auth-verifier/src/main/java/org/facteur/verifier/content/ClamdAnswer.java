package org.facteur.verifier.content;

import java.util.List;

/** What clamd says about a message: {@code stream: OK}, {@code stream: NAME FOUND} or {@code … ERROR}. */
final class ClamdAnswer {
    private static final String STREAM = "stream: ";
    private static final String FOUND = " FOUND";

    private ClamdAnswer() {}

    /** Reads it, without the NUL that ends it; fails with {@link Failure} where it makes no sense. */
    static ScanResult read(String answer) {
        if (answer.equals(STREAM + "OK")) {
            return ScanResult.clean(Clamd.NAME);
        }
        if (answer.startsWith(STREAM) && answer.endsWith(FOUND) && answer.length() > STREAM.length() + FOUND.length()) {
            String virus = answer.substring(STREAM.length(), answer.length() - FOUND.length());
            return new ScanResult(
                    Clamd.NAME, Finding.REJECT, "", virus, List.of(new ScanResult.Property("policy.virus", virus)), "");
        }
        if (answer.startsWith("INSTREAM size limit exceeded")) {
            return ScanResult.skipped(Clamd.NAME, "larger than StreamMaxLength of clamd");
        }
        throw new Failure(answer.endsWith("ERROR") ? "clamd reports an error" : "answer makes no sense");
    }
}

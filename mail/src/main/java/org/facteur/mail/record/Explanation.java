package org.facteur.mail.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Value on {@link Topic#AUTH_REPLIES}, and the document of the API: what every method of authentication found about a
 * message, how it came to that, and what the platform's policy makes of it.
 *
 * @param id of the {@link VerifyRequest}
 * @param failure why there is no explanation, one sentence; empty where there is one
 * @param client the SMTP client that was assumed
 * @param reversePath the reverse-path that was assumed; empty for the null reverse-path
 * @param octets size of the message
 * @param methods one entry per result of the Authentication-Results field, in its order
 * @param policy the rules in their order: the setting, and what it makes of the results
 * @param verdict what becomes of the message
 * @param reply the SMTP reply to the end of DATA: code, enhanced status code, text
 * @param folder {@code INBOX} or {@code Junk}; empty where the message is refused
 * @param results the Authentication-Results field, folded, with its CRLF
 */
public record Explanation(
        int version,
        String id,
        String failure,
        Client client,
        String reversePath,
        long octets,
        List<Method> methods,
        List<Rule> policy,
        Verdict verdict,
        String reply,
        String folder,
        String results) {
    /** The version that this code writes. */
    public static final int VERSION = 1;

    /** The answer where there is no explanation. */
    public static Explanation failed(VerifyRequest request, String sentence) {
        return new Explanation(
                VERSION,
                request.id(),
                sentence,
                request.client(),
                request.reversePath(),
                0,
                List.of(),
                List.of(),
                Verdict.accept(request.id()),
                "",
                "",
                "");
    }

    /**
     * One result.
     *
     * @param name as in Authentication-Results: {@code spf}, {@code dkim} …
     * @param result the word in Authentication-Results
     * @param subject what was checked: a domain, a signature, a list; may be empty
     * @param steps what was done, in order
     */
    public record Method(String name, String result, String subject, List<Step> steps) {}

    /**
     * One step of a method.
     *
     * @param text one line
     * @param questions what DNS was asked for it, in order
     */
    public record Step(String text, List<Question> questions) {
        /** A step that asks nobody. */
        public static Step of(String text) {
            return new Step(text, List.of());
        }
    }

    /** How DNS answered. */
    public enum Answer {
        /** With records. */
        FOUND,
        /** The name exists and has no such record. */
        NO_DATA,
        /** The name does not exist. */
        NX_DOMAIN,
        /** Not: SERVFAIL, a timeout, nonsense; {@code reason} says which. */
        TEMPORARY_FAILURE,
        /** Not before the checks had to end. */
        NO_ANSWER
    }

    /**
     * A question to DNS and what came back.
     *
     * @param type of the records, such as TXT
     * @param records as in a zone file, TXT strings joined and without quotes; long ones are cut
     * @param reason of a temporary failure
     * @param ttlSeconds how long the answer may be remembered
     * @param micros from the question to the answer
     * @param cached whether the answer was remembered here
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Question(
            String type,
            String name,
            Answer answer,
            List<String> records,
            String reason,
            long ttlSeconds,
            long micros,
            boolean cached) {
        /** Fills in what JSON leaves out. */
        public Question {
            records = records == null ? List.of() : records;
            reason = reason == null ? "" : reason;
        }
    }

    /**
     * One rule of the policy.
     *
     * @param setting the environment variable and its value
     * @param outcome what the rule makes of the results
     */
    public record Rule(String setting, String outcome) {}
}

package org.facteur.imap.session;

import java.util.Optional;

/**
 * The tagged reply that ends a command (RFC 9051 section 7.1).
 *
 * @param code response code without its brackets
 * @param text for a person
 * @param next what the loop does after it
 */
public record Reply(Status status, Optional<String> code, String text, Next next) implements Outcome {
    /** How a command ended. */
    public enum Status {
        /** Done. */
        OK,
        /** Refused or failed. */
        NO,
        /** Not understood. */
        BAD
    }

    /** What follows the reply. */
    public enum Next {
        /** The next command. */
        CONTINUE,
        /** The TLS handshake. */
        START_TLS,
        /** The end of the connection. */
        CLOSE
    }

    /** {@code OK text}. */
    public static Reply ok(String text) {
        return new Reply(Status.OK, Optional.empty(), text, Next.CONTINUE);
    }

    /** {@code OK [code] text}. */
    public static Reply ok(String code, String text) {
        return new Reply(Status.OK, Optional.of(code), text, Next.CONTINUE);
    }

    /** {@code NO text}. */
    public static Reply no(String text) {
        return new Reply(Status.NO, Optional.empty(), text, Next.CONTINUE);
    }

    /** {@code NO [code] text}. */
    public static Reply no(String code, String text) {
        return new Reply(Status.NO, Optional.of(code), text, Next.CONTINUE);
    }

    /** {@code BAD text}. */
    public static Reply bad(String text) {
        return new Reply(Status.BAD, Optional.empty(), text, Next.CONTINUE);
    }

    /** The same with something else to follow. */
    public Reply then(Next other) {
        return new Reply(status, code, text, other);
    }

    /** The line without its tag and end. */
    public String line() {
        return status + code.map(c -> " [" + c + "] ").orElse(" ") + text;
    }
}

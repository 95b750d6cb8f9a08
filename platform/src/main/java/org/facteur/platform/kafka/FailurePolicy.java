package org.facteur.platform.kafka;

/**
 * Tells a failure that waiting can cure from one that it cannot. What a handler calls a {@link PermanentFailure} is one; what
 * only a mistake in the code explains is one too once it has come back {@value #ATTEMPTS} times, for else a single record
 * would hold up its partition for ever.
 */
final class FailurePolicy {
    static final int ATTEMPTS = 5;

    private FailurePolicy() {}

    /** Whether to give a record up after it has failed {@code failures} times, the last time with {@code cause}. */
    static boolean isPermanent(Throwable cause, int failures) {
        return cause instanceof PermanentFailure || failures >= ATTEMPTS && isMistake(cause);
    }

    private static boolean isMistake(Throwable cause) {
        return cause instanceof NullPointerException
                || cause instanceof ClassCastException
                || cause instanceof IndexOutOfBoundsException
                || cause instanceof IllegalArgumentException
                || cause instanceof ArithmeticException
                || cause instanceof StackOverflowError;
    }
}

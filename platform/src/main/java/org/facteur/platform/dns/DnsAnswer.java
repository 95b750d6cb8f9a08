package org.facteur.platform.dns;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What DNS says to one question. Exactly one of four: {@link Found}, {@link NoData}, {@link NxDomain},
 * {@link TemporaryFailure}; {@link #status()} tells which for a {@code switch}.
 *
 * @param <T> type of a record
 */
public sealed interface DnsAnswer<T>
        permits DnsAnswer.Found, DnsAnswer.NoData, DnsAnswer.NxDomain, DnsAnswer.TemporaryFailure {

    /** The four kinds of answer. */
    enum Status {
        /** There is at least one record. */
        FOUND,
        /** The name exists and has no record of this type. */
        NO_DATA,
        /** The name does not exist (RFC 8020: nor does anything below it). */
        NX_DOMAIN,
        /** Nobody knows at the moment: SERVFAIL, timeout, refusal, malformed answer. */
        TEMPORARY_FAILURE
    }

    /** Which of the four this is. */
    Status status();

    /** The records; empty unless {@link Status#FOUND}. */
    default List<T> records() {
        return List.of();
    }

    /** Whether a validating resolver vouches for this answer by DNSSEC (AD bit, RFC 4035 section 3.2.3). */
    boolean authentic();

    /** How long the answer may be remembered; for negative answers by RFC 2308 section 5. */
    Duration ttl();

    /** Whether there are records. */
    default boolean isFound() {
        return status() == Status.FOUND;
    }

    /** Whether DNS says for certain that there is no such record: no data or no such name (a "void" look-up). */
    default boolean isAbsent() {
        return status() == Status.NO_DATA || status() == Status.NX_DOMAIN;
    }

    /** Whether the question may have another answer when it is asked again later. */
    default boolean isTemporaryFailure() {
        return status() == Status.TEMPORARY_FAILURE;
    }

    /** The same answer with each record converted. */
    <R> DnsAnswer<R> map(Function<? super T, ? extends R> conversion);

    /**
     * Records of the type that was asked for.
     *
     * @param records at least one
     * @param ttl the smallest of the records' and the aliases' on the way to them
     */
    record Found<T>(List<T> records, Duration ttl, boolean authentic) implements DnsAnswer<T> {

        /** Copies the list. */
        public Found {
            records = List.copyOf(records);
            if (records.isEmpty()) {
                throw new IllegalArgumentException("an answer that is found has records");
            }
        }

        @Override
        public Status status() {
            return Status.FOUND;
        }

        @Override
        public <R> DnsAnswer<R> map(Function<? super T, ? extends R> conversion) {
            return new Found<>(records.stream().<R>map(conversion).toList(), ttl, authentic);
        }
    }

    /** The name exists without such a record. */
    record NoData<T>(Duration ttl, boolean authentic) implements DnsAnswer<T> {

        @Override
        public Status status() {
            return Status.NO_DATA;
        }

        @Override
        public <R> DnsAnswer<R> map(Function<? super T, ? extends R> conversion) {
            return new NoData<>(ttl, authentic);
        }
    }

    /** The name does not exist. */
    record NxDomain<T>(Duration ttl, boolean authentic) implements DnsAnswer<T> {

        @Override
        public Status status() {
            return Status.NX_DOMAIN;
        }

        @Override
        public <R> DnsAnswer<R> map(Function<? super T, ? extends R> conversion) {
            return new NxDomain<>(ttl, authentic);
        }
    }

    /**
     * No answer could be had.
     *
     * @param reason a few words for logs and trace fields, such as {@code SERVFAIL} or {@code timeout}
     */
    record TemporaryFailure<T>(String reason) implements DnsAnswer<T> {

        @Override
        public Status status() {
            return Status.TEMPORARY_FAILURE;
        }

        @Override
        public Duration ttl() {
            return Duration.ZERO;
        }

        @Override
        public boolean authentic() {
            return false;
        }

        @Override
        public <R> DnsAnswer<R> map(Function<? super T, ? extends R> conversion) {
            return new TemporaryFailure<>(reason);
        }
    }
}

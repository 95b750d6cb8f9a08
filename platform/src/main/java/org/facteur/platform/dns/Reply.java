package org.facteur.platform.dns;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * What one message says to one question, its aliases followed as far as it has them.
 *
 * @param code DNS status
 * @param records of the type that was asked for, at the end of the aliases
 * @param alias a name that the message leads to and says nothing about
 * @param ttl how long it may be remembered
 * @param authentic whether a validating resolver vouches for it
 */
record Reply(int code, List<Record> records, Optional<Name> alias, Duration ttl, boolean authentic) {

    /** Longest time that anything is remembered. */
    static final Duration MAX_TTL = Duration.ofDays(1);

    /** Longest time that an absence is remembered (RFC 2308 section 5 suggests one to three hours). */
    static final Duration MAX_NEGATIVE_TTL = Duration.ofHours(1);

    /** How long an absence is remembered when the server does not say. */
    private static final Duration NEGATIVE_TTL = Duration.ofSeconds(60);

    static Reply of(Message message, Name asked, int type, Duration ttlSoFar, boolean authenticSoFar) {
        int code = message.getRcode();
        boolean authentic = authenticSoFar && message.getHeader().getFlag(Flags.AD);
        List<Record> answers = message.getSection(Section.ANSWER);
        Name name = asked;
        Duration ttl = ttlSoFar;
        Set<Name> seen = new HashSet<>();
        while (seen.add(name)) {
            Name owner = name;
            List<Record> records = answers.stream()
                    .filter(record ->
                            record.getType() == type && record.getName().equals(owner))
                    .toList();
            if (!records.isEmpty()) {
                return new Reply(code, records, Optional.empty(), shortest(ttl, records), authentic);
            }
            Optional<CNAMERecord> alias = answers.stream()
                    .filter(record ->
                            record instanceof CNAMERecord && record.getName().equals(owner))
                    .map(CNAMERecord.class::cast)
                    .findFirst();
            if (alias.isEmpty()) {
                break;
            }
            ttl = shortest(ttl, List.of(alias.get()));
            name = alias.get().getTarget();
        }
        boolean dangling = code == Rcode.NOERROR && !name.equals(asked) && !hasSoa(message);
        return new Reply(
                code,
                List.of(),
                dangling ? Optional.of(name) : Optional.empty(),
                dangling ? ttl : negative(message, ttl),
                authentic);
    }

    /** This reply as an answer. */
    <R extends Record, T> DnsAnswer<T> answer(Class<R> kind, Function<R, T> conversion) {
        if (code == Rcode.NXDOMAIN) {
            return new DnsAnswer.NxDomain<>(ttl, authentic);
        }
        if (code != Rcode.NOERROR) {
            return new DnsAnswer.TemporaryFailure<>(Rcode.string(code));
        }
        if (records.isEmpty()) {
            return new DnsAnswer.NoData<>(ttl, authentic);
        }
        return new DnsAnswer.Found<>(
                records.stream().map(kind::cast).map(conversion).toList(), ttl, authentic);
    }

    private static Duration shortest(Duration ttl, List<Record> records) {
        long seconds = records.stream().mapToLong(Record::getTTL).min().orElse(Long.MAX_VALUE);
        return seconds < ttl.toSeconds() ? Duration.ofSeconds(seconds) : ttl;
    }

    private static boolean hasSoa(Message message) {
        return message.getSection(Section.AUTHORITY).stream().anyMatch(SOARecord.class::isInstance);
    }

    /** RFC 2308 section 5: the lesser of the SOA's own TTL and its MINIMUM field. */
    private static Duration negative(Message message, Duration ttl) {
        Duration stated = message.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .map(soa -> Duration.ofSeconds(Math.min(soa.getTTL(), soa.getMinimum())))
                .findFirst()
                .orElse(NEGATIVE_TTL);
        Duration bounded = stated.compareTo(MAX_NEGATIVE_TTL) < 0 ? stated : MAX_NEGATIVE_TTL;
        return bounded.compareTo(ttl) < 0 ? bounded : ttl;
    }
}

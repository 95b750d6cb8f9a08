package org.facteur.platform.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Records of all names that a {@link ZoneServer} knows, and the answer to a question about them. */
final class Zone {

    private static final long TTL = 300;
    private static final int MAX_ALIASES = 8;

    private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();

    /** Adds the records of lines in the format of RFC 1035 section 5; names are absolute, with or without the dot. */
    void add(String lines) {
        byte[] text = (lines + "\n").getBytes(StandardCharsets.UTF_8);
        try (Master master = new Master(new ByteArrayInputStream(text), Name.root, TTL)) {
            for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
                records.computeIfAbsent(next.getName(), any -> new CopyOnWriteArrayList<>())
                        .add(next);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not a zone: " + e.getMessage(), e);
        }
    }

    void remove(Name name) {
        records.remove(name);
    }

    /** The authoritative answer to a query. */
    Message answer(Message query) {
        Record question = query.getQuestion();
        Message answer = reply(query, Rcode.NOERROR);
        Name name = question.getName();
        for (int i = 0; i < MAX_ALIASES; i++) {
            Optional<List<Record>> known = lookUp(name);
            if (known.isEmpty()) {
                answer.getHeader().setRcode(exists(name) ? Rcode.NOERROR : Rcode.NXDOMAIN);
                break;
            }
            Name owner = name;
            List<Record> found = known.get().stream()
                    .filter(record -> record.getType() == question.getType() || question.getType() == Type.ANY)
                    .map(record -> named(record, owner))
                    .toList();
            Optional<CNAMERecord> alias = known.get().stream()
                    .filter(CNAMERecord.class::isInstance)
                    .map(CNAMERecord.class::cast)
                    .findFirst();
            found.forEach(record -> answer.addRecord(record, Section.ANSWER));
            if (!found.isEmpty()) {
                return answer;
            }
            if (alias.isEmpty()) {
                break;
            }
            answer.addRecord(named(alias.get(), owner), Section.ANSWER);
            name = alias.get().getTarget();
        }
        answer.addRecord(soa(name), Section.AUTHORITY);
        return answer;
    }

    /** An answer without records. */
    static Message reply(Message query, int code) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        answer.getHeader().setRcode(code);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        return answer;
    }

    private Optional<List<Record>> lookUp(Name name) {
        List<Record> exact = records.get(name);
        if (exact != null || exists(name)) {
            return Optional.ofNullable(exact);
        }
        return Stream.iterate(1, labels -> labels < name.labels(), labels -> labels + 1)
                .map(name::wild)
                .filter(records::containsKey)
                .findFirst()
                .map(records::get);
    }

    /** The record under the name that was asked for, where a wildcard has matched (RFC 4592). */
    private static Record named(Record record, Name owner) {
        return record.getName().equals(owner)
                ? record
                : Record.newRecord(
                        owner, record.getType(), record.getDClass(), record.getTTL(), record.rdataToWireCanonical());
    }

    private boolean exists(Name name) {
        return records.keySet().stream().anyMatch(known -> known.subdomain(name));
    }

    private Record soa(Name name) {
        for (int i = 0; i < name.labels(); i++) {
            Name above = new Name(name, i);
            Optional<Record> stated = records.getOrDefault(above, List.of()).stream()
                    .filter(SOARecord.class::isInstance)
                    .findFirst();
            if (stated.isPresent()) {
                return stated.get();
            }
        }
        return new SOARecord(Name.root, DClass.IN, TTL, Name.root, Name.root, 1, TTL, TTL, TTL, TTL);
    }
}

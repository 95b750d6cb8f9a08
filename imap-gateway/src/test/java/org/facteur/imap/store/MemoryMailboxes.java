package org.facteur.imap.store;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.facteur.imap.session.Refusal;
import org.facteur.imap.session.Reply;
import org.facteur.imap.view.Flags;
import org.facteur.imap.view.MailboxView;
import org.facteur.imap.view.Snapshot;
import org.facteur.mail.record.Body;

/** Mailboxes of one account in memory; messages are of one part. Used on one thread, or guarded by its monitor. */
public final class MemoryMailboxes implements Mailboxes {
    private final Map<String, Box> boxes = new TreeMap<>();
    private final TreeSet<String> subscriptions = new TreeSet<>();
    private Runnable changed = () -> {};
    private boolean down;
    private long ids;

    private static final class Box {
        private final long id;
        private final Optional<String> use;
        private String name;
        private int uidNext = 1;
        private long modseq = 1;
        private final TreeMap<Integer, Message> messages = new TreeMap<>();
        private final TreeMap<Integer, Long> expunged = new TreeMap<>();

        private Box(long id, String name, Optional<String> use) {
            this.id = id;
            this.name = name;
            this.use = use;
        }
    }

    private record Message(byte[] octets, Body body, Flags flags, long modseq, Instant date) {
        Message with(Flags other, long now) {
            return new Message(octets, body, other, now, date);
        }
    }

    /** With the folders of a new account. */
    public MemoryMailboxes() {
        add("INBOX", Optional.empty());
        for (String name : List.of("Drafts", "Sent", "Junk", "Trash", "Archive")) {
            add(name, Optional.of("\\" + name));
        }
        subscriptions.addAll(boxes.keySet());
    }

    /** Called after each change, as an event would be. */
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /** Database and Kafka are gone, or back. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** A message arrives. */
    public synchronized void deliver(String mailbox, String message) {
        add(box(mailbox), List.of(), Instant.EPOCH, message.getBytes(StandardCharsets.UTF_8), null);
        changed.run();
    }

    private Box add(String name, Optional<String> use) {
        Box box = new Box(++ids, name, use);
        boxes.put(name, box);
        return box;
    }

    private Box box(String name) {
        return Optional.ofNullable(boxes.get(name))
                .orElseThrow(() -> new Refusal(Reply.no("NONEXISTENT", "no such mailbox")));
    }

    private Box box(long id) {
        return boxes.values().stream().filter(box -> box.id == id).findFirst().orElseThrow();
    }

    private int add(Box box, List<String> flags, Instant date, byte[] octets, Body body) {
        box.messages.put(box.uidNext, new Message(octets, body, Flags.of(flags), ++box.modseq, date));
        return box.uidNext++;
    }

    private Mailbox mailbox(Box box) {
        long unseen = box.messages.values().stream()
                .filter(m -> !m.flags.has("\\Seen"))
                .count();
        long deleted = box.messages.values().stream()
                .filter(m -> m.flags.has("\\Deleted"))
                .count();
        long size = box.messages.values().stream().mapToLong(m -> size(m)).sum();
        return new Mailbox(
                box.id, box.name, 7, box.uidNext, box.modseq, box.messages.size(), unseen, deleted, size, box.use);
    }

    private static long size(Message message) {
        return message.body == null ? message.octets.length : message.body.size();
    }

    private synchronized <T> Future<T> answer(Callable<T> callable) {
        if (down) {
            return Future.failedFuture(new Unavailable(new IllegalStateException("down")));
        }
        try {
            return Future.succeededFuture(callable.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    private <T> Future<T> change(Callable<T> callable) {
        return answer(callable).onSuccess(done -> changed.run());
    }

    @Override
    public Future<List<Mailbox>> list(String account) {
        return answer(() -> boxes.values().stream().map(this::mailbox).toList());
    }

    @Override
    public Future<List<Mailbox>> listWithStatus(String account) {
        return list(account);
    }

    @Override
    public Future<List<String>> subscriptions(String account) {
        return answer(() -> List.copyOf(subscriptions));
    }

    @Override
    public Future<Optional<Mailbox>> find(String account, String name) {
        return answer(() -> Optional.ofNullable(boxes.get(name)).map(this::mailbox));
    }

    @Override
    public Future<MailboxView.Changes> changesAfter(long mailbox, long modseq) {
        return answer(() -> {
            Box box = box(mailbox);
            List<Snapshot.Row> rows = box.messages.entrySet().stream()
                    .filter(entry -> entry.getValue().modseq > modseq)
                    .map(entry -> new Snapshot.Row(entry.getKey(), entry.getValue().flags, entry.getValue().modseq))
                    .toList();
            int[] expunged = box.expunged.entrySet().stream()
                    .filter(entry -> entry.getValue() > modseq)
                    .mapToInt(Map.Entry::getKey)
                    .toArray();
            return new MailboxView.Changes(rows, expunged, box.modseq, box.uidNext);
        });
    }

    @Override
    public Future<List<Email>> emails(long mailbox, int[] uids) {
        return answer(() -> Arrays.stream(uids)
                .filter(uid -> box(mailbox).messages.containsKey(uid))
                .mapToObj(uid -> email(uid, box(mailbox).messages.get(uid)))
                .toList());
    }

    private static Email email(int uid, Message message) {
        byte[] none = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)".getBytes(StandardCharsets.US_ASCII);
        byte[] structure = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 0 0)".getBytes(StandardCharsets.US_ASCII);
        int header = new String(message.octets, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        Part itself = new Part(0, header, size(message), "text/plain", "utf-8", "7bit", Optional.empty());
        Part whole = new Part(0, header, size(message), "text/plain", "utf-8", "7bit", Optional.of(itself));
        Parts parts = new Parts(
                number -> number.isEmpty()
                        ? Optional.of(whole)
                        : number.equals(List.of(1)) ? Optional.of(itself) : Optional.empty(),
                () -> List.of(itself));
        return new Email(
                uid,
                size(message),
                message.date,
                message.date,
                Optional.empty(),
                none,
                structure,
                structure,
                "E" + uid,
                Optional.empty(),
                message,
                parts);
    }

    @Override
    public Future<List<Content>> contents(List<Email> emails) {
        return answer(() -> emails.stream()
                .map(email -> (Message) email.content())
                .map(message -> message.body instanceof Body.Stored stored
                        ? (Content) new Content.Stored(new byte[0], stored.ref())
                        : new Content.Held(message.octets))
                .toList());
    }

    @Override
    public Future<Long> create(String account, String name, Optional<String> specialUse) {
        return change(() -> {
            if (boxes.containsKey(name)) {
                throw new Refusal(Reply.no("ALREADYEXISTS", "there is one"));
            }
            return add(name, specialUse).id;
        });
    }

    @Override
    public Future<Void> delete(String account, String name) {
        return change(() -> {
            boxes.remove(box(name).name);
            return null;
        });
    }

    @Override
    public Future<Void> rename(String account, String from, String to) {
        return change(() -> {
            Box box = box(from);
            boxes.remove(from);
            box.name = to;
            boxes.put(to, box);
            return null;
        });
    }

    @Override
    public Future<Void> subscribe(String account, String name, boolean subscribed) {
        return change(() -> {
            if (subscribed) {
                subscriptions.add(name);
            } else {
                subscriptions.remove(name);
            }
            return null;
        });
    }

    @Override
    public Future<Appended> append(
            String account, String mailbox, List<String> flags, Optional<Instant> date, Body body) {
        return change(() -> {
            Box box = box(mailbox);
            byte[] octets = body instanceof Body.Inline inline ? inline.bytes() : new byte[0];
            int uid = add(box, flags, date.orElse(Instant.EPOCH), octets, body);
            return new Appended(box.id, 7, uid, box.modseq);
        });
    }

    @Override
    public Future<Stored> store(
            String account,
            long mailbox,
            int[] uids,
            StoreMode mode,
            List<String> flags,
            Optional<Long> unchangedSince) {
        return change(() -> {
            Box box = box(mailbox);
            box.modseq++;
            List<Integer> modified = new ArrayList<>();
            for (int uid : uids) {
                Message message = box.messages.get(uid);
                if (message != null
                        && unchangedSince
                                .filter(since -> message.modseq > since)
                                .isPresent()) {
                    modified.add(uid);
                } else if (message != null) {
                    box.messages.put(uid, message.with(stored(mode, flags).apply(message.flags), box.modseq));
                }
            }
            return new Stored(box.modseq, modified.stream().mapToInt(i -> i).toArray());
        });
    }

    private static UnaryOperator<Flags> stored(StoreMode mode, List<String> flags) {
        return old -> switch (mode) {
            case REPLACE -> Flags.of(flags);
            case ADD ->
                Flags.of(Stream.concat(old.names().stream(), flags.stream()).toList());
            case REMOVE ->
                Flags.of(old.names().stream()
                        .filter(flag -> !flags.contains(flag))
                        .toList());
        };
    }

    @Override
    public Future<Copied> copy(String account, long mailbox, int[] uids, String to) {
        return change(() -> copied(box(mailbox), uids, box(to)));
    }

    private Copied copied(Box from, int[] uids, Box to) {
        int[] there = Arrays.stream(uids).filter(from.messages::containsKey).toArray();
        int[] added = Arrays.stream(there)
                .map(uid -> {
                    Message message = from.messages.get(uid);
                    return add(to, message.flags.names(), message.date, message.octets, message.body);
                })
                .toArray();
        return new Copied(7, there, added, from.modseq);
    }

    @Override
    public Future<Copied> move(String account, long mailbox, int[] uids, String to) {
        return change(() -> {
            Box from = box(mailbox);
            Copied copied = copied(from, uids, box(to));
            remove(from, copied.from());
            return new Copied(7, copied.from(), copied.to(), from.modseq);
        });
    }

    @Override
    public Future<Long> expunge(String account, long mailbox, Optional<int[]> uids) {
        return change(() -> {
            Box box = box(mailbox);
            int[] all = box.messages.keySet().stream().mapToInt(i -> i).toArray();
            int[] chosen = Arrays.stream(uids.orElse(all))
                    .filter(uid -> box.messages.containsKey(uid)
                            && box.messages.get(uid).flags.has("\\Deleted"))
                    .toArray();
            remove(box, chosen);
            return box.modseq;
        });
    }

    private static void remove(Box box, int[] uids) {
        box.modseq++;
        for (int uid : uids) {
            box.messages.remove(uid);
            box.expunged.put(uid, box.modseq);
        }
    }
}

package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.JourneyEvent;
import org.facteur.mail.record.Recipient;
import org.facteur.mailbox.api.Flags;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.kafka.MailRecord;
import org.facteur.platform.kafka.PermanentFailure;

/** Batches of mail.deliver: prepares the messages on worker threads, writes them, tells of them. */
final class DeliveryStage {
    private final Vertx vertx;
    private final Directory directory;
    private final Accounts accounts;
    private final Preparation preparation;
    private final Deliveries deliveries;
    private final Announcements announcements;
    private final StoreMetrics metrics;
    private final Clock clock;

    DeliveryStage(
            Vertx vertx,
            Directory directory,
            Accounts accounts,
            Preparation preparation,
            Deliveries deliveries,
            Announcements announcements,
            StoreMetrics metrics,
            Clock clock) {
        this.vertx = vertx;
        this.directory = directory;
        this.accounts = accounts;
        this.preparation = preparation;
        this.deliveries = deliveries;
        this.announcements = announcements;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** One batch; the offsets may move when the future completes. */
    Future<Void> deliver(List<ConsumerRecord<String, byte[]>> records) {
        List<MailRecord<Deliver>> messages = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            messages.add(MailRecord.from(record, Deliver.class));
        }
        Future<Map<String, Accounts.Account>> known = accountsOf(messages);
        Future<List<Prepared>> prepared = prepare(messages);
        return known.compose(all -> prepared.compose(ready -> write(messages, ready, all)));
    }

    private Future<List<Prepared>> prepare(List<MailRecord<Deliver>> messages) {
        List<MailRecord<Deliver>> stored = messages.stream()
                .filter(message -> !Preparation.isInline(message.body()))
                .toList();
        Future<List<Prepared>> inline = vertx.executeBlocking(
                () -> messages.stream()
                        .map(message -> Preparation.isInline(message.body())
                                ? preparation.inline(prefix(message.envelope()), message.body())
                                : null)
                        .toList(),
                false);
        if (stored.isEmpty()) {
            return inline;
        }
        return inline.compose(some -> {
            List<Prepared> all = new ArrayList<>(some);
            Future<Void> chain = Future.succeededFuture();
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) == null) {
                    int index = i;
                    MailRecord<Deliver> message = messages.get(i);
                    // One large message after the other: each is in memory for as long as its structure is read.
                    chain = chain.compose(before -> preparation
                            .of(prefix(message.envelope()), message.body())
                            .map(done -> {
                                all.set(index, done);
                                return null;
                            }));
                }
            }
            return chain.map(all);
        });
    }

    /** The accounts that mail is for, as far as the directory still knows them. */
    private Future<Map<String, Accounts.Account>> accountsOf(List<MailRecord<Deliver>> messages) {
        Set<String> addresses = new HashSet<>();
        messages.forEach(message -> message.envelope().recipients().forEach(one -> addresses.add(one.target())));
        Map<String, Accounts.Account> known = new HashMap<>();
        List<Future<Void>> looks = new ArrayList<>();
        for (String address : addresses) {
            if (directory.account(address).isPresent()) {
                looks.add(accounts.get(address).map(account -> {
                    known.put(address, account);
                    return null;
                }));
            }
        }
        return Future.all(looks).map(known);
    }

    private Future<Void> write(
            List<MailRecord<Deliver>> messages, List<Prepared> prepared, Map<String, Accounts.Account> known) {
        List<NewEmail> emails = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Deliver envelope = messages.get(i).envelope();
            Set<Long> once = new HashSet<>();
            for (Recipient recipient : envelope.recipients()) {
                Accounts.Account account = known.get(recipient.target());
                if (account != null && once.add(account.id())) {
                    emails.add(new NewEmail(
                            prepared.get(i),
                            account.id(),
                            envelope.disposition() == Deliver.Disposition.JUNK ? account.junk() : account.inbox(),
                            envelope.id(),
                            envelope.acceptedAt(),
                            Flags.NONE));
                }
            }
        }
        Map<Long, String> addresses = new HashMap<>();
        Map<Long, StoreMetrics.Folder> folders = new HashMap<>();
        known.forEach((address, account) -> {
            addresses.put(account.id(), address);
            folders.put(account.inbox(), StoreMetrics.Folder.INBOX);
            folders.put(account.junk(), StoreMetrics.Folder.JUNK);
        });
        Map<String, Deliver> envelopes = new HashMap<>();
        messages.forEach(message -> envelopes.put(message.envelope().id(), message.envelope()));
        List<Future<Void>> writes = new ArrayList<>();
        for (int from = 0; from < emails.size(); from += Deliveries.MOST_IN_A_TRANSACTION) {
            List<NewEmail> part =
                    emails.subList(from, Math.min(emails.size(), from + Deliveries.MOST_IN_A_TRANSACTION));
            // Each part is told of when it is committed, whatever becomes of the others.
            writes.add(deliveries.add(part).map(written -> {
                written.forEach(
                        one -> metrics.placed(folders.getOrDefault(one.source().mailbox(), StoreMetrics.Folder.OTHER)));
                tell(envelopes, part, written, addresses);
                return null;
            }));
        }
        return Future.join(writes)
                .recover(cause -> {
                    if (cause instanceof MailboxGoneException) {
                        known.keySet().forEach(accounts::forget);
                    }
                    return Future.failedFuture(
                            RefusedData.is(cause)
                                    ? new PermanentFailure("the database refuses it: " + cause.getMessage(), cause)
                                    : cause);
                })
                .map(all -> {
                    tellDropped(messages, known);
                    return null;
                });
    }

    /** The messages of a transaction that is committed are in their mailboxes: what is told here can be lost without harm. */
    private void tell(
            Map<String, Deliver> envelopes,
            List<NewEmail> emails,
            List<EmailWriter.Written> written,
            Map<Long, String> addresses) {
        Instant now = clock.instant();
        Map<String, List<String>> delivered = new LinkedHashMap<>();
        Set<NewEmail> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
        for (EmailWriter.Written one : written) {
            String address = addresses.get(one.source().account());
            delivered
                    .computeIfAbsent(one.source().deliveryId(), id -> new ArrayList<>(1))
                    .add(address);
            announcements.changed(address, one.source().mailbox(), one.modseq());
            fresh.add(one.source());
        }
        delivered.forEach((id, to) -> {
            Deliver envelope = envelopes.get(id);
            metrics.delivered(envelope.acceptedAt(), now);
            announcements.journey(event(envelope, "delivered", folder(envelope) + " of " + String.join(", ", to), now));
        });
        if (fresh.size() < emails.size()) {
            tellAgain(
                    envelopes,
                    emails.stream().filter(email -> !fresh.contains(email)).toList(),
                    addresses,
                    now);
        }
    }

    /** A delivery that is repeated may be one that a crash kept from being told of. */
    private void tellAgain(
            Map<String, Deliver> envelopes, List<NewEmail> repeated, Map<Long, String> addresses, Instant now) {
        Map<Long, String> mailboxes = new HashMap<>();
        for (NewEmail email : repeated) {
            String address = addresses.get(email.account());
            mailboxes.put(email.mailbox(), address);
            Deliver envelope = envelopes.get(email.deliveryId());
            announcements.journey(event(envelope, "repeated", address + " has it already", now));
        }
        announcements.again(mailboxes);
    }

    private void tellDropped(List<MailRecord<Deliver>> messages, Map<String, Accounts.Account> known) {
        for (MailRecord<Deliver> message : messages) {
            List<String> gone = message.envelope().recipients().stream()
                    .map(Recipient::target)
                    .filter(target -> !known.containsKey(target))
                    .toList();
            if (!gone.isEmpty()) {
                String detail = "no such account any more: " + String.join(", ", gone);
                announcements.journey(event(message.envelope(), "dropped", detail, clock.instant()));
            }
        }
    }

    private static JourneyEvent event(Deliver envelope, String what, String detail, Instant now) {
        long micros = Duration.between(envelope.acceptedAt(), now).toNanos() / 1000;
        return new JourneyEvent(envelope.id(), now, MailboxStore.NAME, what, micros, detail, null, null);
    }

    private static String folder(Deliver envelope) {
        return envelope.disposition() == Deliver.Disposition.JUNK ? "Junk" : "INBOX";
    }

    /** Return-Path stands first in a delivered message (RFC 5321 section 4.4). */
    private static byte[] prefix(Deliver envelope) {
        String text = "Return-Path: <" + envelope.reversePath() + ">\r\n" + envelope.prepend();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

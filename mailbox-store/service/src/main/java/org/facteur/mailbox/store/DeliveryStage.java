package org.facteur.mailbox.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
        return deliveries
                .add(emails)
                .onFailure(cause -> {
                    if (cause instanceof MailboxGoneException) {
                        known.keySet().forEach(accounts::forget);
                    }
                })
                .recover(cause -> Future.failedFuture(
                        RefusedData.is(cause)
                                ? new PermanentFailure("the database refuses it: " + cause.getMessage(), cause)
                                : cause))
                .map(written -> {
                    // From here the messages are in their mailboxes; what follows only tells of it.
                    tell(messages, written, known);
                    return null;
                });
    }

    private void tell(
            List<MailRecord<Deliver>> messages,
            List<EmailWriter.Written> written,
            Map<String, Accounts.Account> known) {
        Instant now = clock.instant();
        Map<Long, String> addresses = new HashMap<>();
        known.forEach((address, account) -> addresses.put(account.id(), address));
        Map<String, List<String>> delivered = new HashMap<>();
        for (EmailWriter.Written one : written) {
            String address = addresses.get(one.source().account());
            delivered
                    .computeIfAbsent(one.source().deliveryId(), id -> new ArrayList<>(1))
                    .add(address);
            announcements.changed(address, one.source().mailbox(), one.modseq());
        }
        for (MailRecord<Deliver> message : messages) {
            Deliver envelope = message.envelope();
            List<String> to = delivered.remove(envelope.id());
            if (to != null) {
                metrics.delivered(envelope.acceptedAt(), now);
                announcements.journey(event(envelope, "delivered", to, now));
            }
            List<String> gone = envelope.recipients().stream()
                    .map(Recipient::target)
                    .filter(target -> !known.containsKey(target))
                    .toList();
            if (!gone.isEmpty()) {
                announcements.journey(event(envelope, "dropped", gone, now));
            }
        }
    }

    private static JourneyEvent event(Deliver envelope, String what, List<String> accounts, Instant now) {
        String folder = envelope.disposition() == Deliver.Disposition.JUNK ? "Junk" : "INBOX";
        String detail = what.equals("delivered")
                ? folder + " of " + String.join(", ", accounts)
                : "no such account any more: " + String.join(", ", accounts);
        long micros = java.time.Duration.between(envelope.acceptedAt(), now).toNanos() / 1000;
        return new JourneyEvent(envelope.id(), now, MailboxStore.NAME, what, micros, detail, null, null);
    }

    /** Return-Path stands first in a delivered message (RFC 5321 section 4.4). */
    private static byte[] prefix(Deliver envelope) {
        String text = "Return-Path: <" + envelope.reversePath() + ">\r\n" + envelope.prepend();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

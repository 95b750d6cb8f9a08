package org.facteur.imap.store;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facteur.imap.session.Refusal;
import org.facteur.imap.session.Reply;
import org.facteur.imap.view.Flags;
import org.facteur.imap.view.MailboxView;
import org.facteur.imap.view.Snapshot;
import org.facteur.mail.record.Body;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.EmailRow;
import org.facteur.mailbox.api.MailboxChanges;
import org.facteur.mailbox.api.MailboxCommand;
import org.facteur.mailbox.api.MailboxCommands;
import org.facteur.mailbox.api.MailboxReads;
import org.facteur.mailbox.api.MailboxRow;

/** The mailboxes of the store: reads over SQL, changes as commands over Kafka. */
public final class StoredMailboxes implements Mailboxes {
    private final MailboxReads reads;
    private final MailboxCommands commands;

    /** Over both ways to the store. */
    public StoredMailboxes(MailboxReads reads, MailboxCommands commands) {
        this.reads = reads;
        this.commands = commands;
    }

    @Override
    public Future<List<Mailbox>> list(String account) {
        return read(reads.mailboxes(account))
                .compose(rows -> rows.isEmpty()
                        ? make(account).compose(ignored -> read(reads.mailboxes(account)))
                        : Future.succeededFuture(rows))
                .map(rows -> rows.stream().map(StoredMailboxes::mailbox).toList());
    }

    @Override
    public Future<List<Mailbox>> listWithStatus(String account) {
        return list(account);
    }

    @Override
    public Future<List<String>> subscriptions(String account) {
        return read(reads.subscriptions(account));
    }

    @Override
    public Future<Optional<Mailbox>> find(String account, String name) {
        return read(reads.mailbox(account, name))
                .compose(row -> row.isEmpty() && name.equals("INBOX")
                        ? make(account).compose(ignored -> read(reads.mailbox(account, name)))
                        : Future.succeededFuture(row))
                .map(row -> row.map(StoredMailboxes::mailbox));
    }

    /** The store makes an account with its folders at the first command: here for one that never got a message. */
    private Future<CommandResult> make(String account) {
        return run(account, new MailboxCommand.Subscribe("INBOX", true));
    }

    @Override
    public Future<MailboxView.Changes> changesAfter(long mailbox, long modseq) {
        return read(reads.changesAfter(mailbox, modseq)).map(StoredMailboxes::changes);
    }

    private static MailboxView.Changes changes(MailboxChanges changes) {
        if (changes.modseq() == Long.MAX_VALUE) {
            return MailboxView.Changes.GONE;
        }
        // few combinations of flags, many messages: each is made once
        Map<org.facteur.mailbox.api.Flags, Flags> made = new HashMap<>();
        List<Snapshot.Row> rows = new ArrayList<>(changes.changed().size());
        for (MailboxChanges.Changed row : changes.changed()) {
            Flags flags = made.computeIfAbsent(row.flags(), stored -> Flags.of(stored.names()));
            rows.add(new Snapshot.Row((int) row.uid(), flags, row.modseq()));
        }
        return new MailboxView.Changes(rows, ints(changes.expunged()), changes.modseq(), changes.uidNext());
    }

    @Override
    public Future<List<Email>> emails(long mailbox, int[] uids) {
        return read(reads.emails(mailbox, longs(uids)))
                .map(rows -> rows.stream().map(StoredMailboxes::email).toList());
    }

    private static Email email(EmailRow row) {
        return new Email(
                (int) row.uid(),
                row.size(),
                row.internalDate(),
                row.saved(),
                row.sent(),
                row.envelope(),
                row.bodyStructure(),
                row.body(),
                row.emailId(),
                Optional.ofNullable(row.threadId()).filter(id -> !id.isEmpty()),
                row,
                StoredParts.of(row.parts()));
    }

    @Override
    public Future<List<Content>> contents(List<Email> emails) {
        List<EmailRow> rows =
                emails.stream().map(email -> (EmailRow) email.content()).toList();
        return read(reads.bodies(rows)).map(bodies -> {
            List<Content> contents = new ArrayList<>(bodies.size());
            for (int i = 0; i < bodies.size(); i++) {
                contents.add(content(rows.get(i).prefix(), bodies.get(i)));
            }
            return contents;
        });
    }

    private static Content content(byte[] prefix, Body body) {
        if (body instanceof Body.Stored stored) {
            return new Content.Stored(prefix, stored.ref());
        }
        byte[] bytes = ((Body.Inline) body).bytes();
        if (prefix.length == 0) {
            return new Content.Held(bytes);
        }
        byte[] octets = Arrays.copyOf(prefix, prefix.length + bytes.length);
        System.arraycopy(bytes, 0, octets, prefix.length, bytes.length);
        return new Content.Held(octets);
    }

    @Override
    public Future<Long> create(String account, String name, Optional<String> specialUse) {
        return run(account, new MailboxCommand.Create(name, specialUse.orElse(null)))
                .map(CommandResult::mailbox);
    }

    @Override
    public Future<Void> delete(String account, String name) {
        return run(account, new MailboxCommand.Delete(name)).mapEmpty();
    }

    @Override
    public Future<Void> rename(String account, String from, String to) {
        return run(account, new MailboxCommand.Rename(from, to)).mapEmpty();
    }

    @Override
    public Future<Void> subscribe(String account, String name, boolean subscribed) {
        return run(account, new MailboxCommand.Subscribe(name, subscribed)).mapEmpty();
    }

    @Override
    public Future<Appended> append(
            String account, String mailbox, List<String> flags, Optional<Instant> date, Body body) {
        return run(account, MailboxCommand.Append.of(mailbox, flags, date, body))
                .map(result -> new Appended(result.mailbox(), result.uidValidity(), result.to()[0], result.modseq()));
    }

    @Override
    public Future<Stored> store(
            String account,
            long mailbox,
            int[] uids,
            StoreMode mode,
            List<String> flags,
            Optional<Long> unchangedSince) {
        MailboxCommand.StoreMode how = MailboxCommand.StoreMode.valueOf(mode.name());
        return run(account, new MailboxCommand.Store(mailbox, longs(uids), how, flags, unchangedSince.orElse(null)))
                .map(result -> new Stored(result.modseq(), ints(result.modified())));
    }

    @Override
    public Future<Copied> copy(String account, long mailbox, int[] uids, String to) {
        return run(account, new MailboxCommand.Copy(mailbox, longs(uids), to)).map(StoredMailboxes::copied);
    }

    @Override
    public Future<Copied> move(String account, long mailbox, int[] uids, String to) {
        return run(account, new MailboxCommand.Move(mailbox, longs(uids), to)).map(StoredMailboxes::copied);
    }

    private static Copied copied(CommandResult result) {
        return new Copied(result.uidValidity(), ints(result.from()), ints(result.to()), result.modseq());
    }

    @Override
    public Future<Long> expunge(String account, long mailbox, Optional<int[]> uids) {
        return run(
                        account,
                        new MailboxCommand.Expunge(
                                mailbox, uids.map(StoredMailboxes::longs).orElse(null)))
                .map(CommandResult::modseq);
    }

    /** A read that fails is a database that is gone; a body that is missing is a fault of ours. */
    private static <T> Future<T> read(Future<T> reading) {
        return reading.recover(e -> Future.failedFuture(e instanceof IllegalStateException ? e : new Unavailable(e)));
    }

    private Future<CommandResult> run(String account, MailboxCommand command) {
        return commands.run(account, command)
                .recover(e -> Future.failedFuture(new Unavailable(e)))
                .compose(result -> result.isOk()
                        ? Future.succeededFuture(result)
                        : Future.failedFuture(new Refusal(
                                Reply.no(result.code().name(), result.text() == null ? "refused" : result.text()))));
    }

    private static Mailbox mailbox(MailboxRow row) {
        return new Mailbox(
                row.id(),
                row.name(),
                row.uidValidity(),
                row.uidNext(),
                row.modseq(),
                row.messages(),
                row.unseen(),
                row.deleted(),
                row.size(),
                row.specialUse());
    }

    private static long[] longs(int[] uids) {
        return Arrays.stream(uids).asLongStream().toArray();
    }

    private static int[] ints(long[] uids) {
        return uids == null
                ? new int[0]
                : Arrays.stream(uids).mapToInt(Math::toIntExact).toArray();
    }
}

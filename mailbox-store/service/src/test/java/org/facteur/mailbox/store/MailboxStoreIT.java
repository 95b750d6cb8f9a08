package org.facteur.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.facteur.mailbox.store.StoreFixture.newId;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Deliver.Disposition;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.UsageEntry;
import org.facteur.mailbox.api.CommandResult;
import org.facteur.mailbox.api.EmailRow;
import org.facteur.mailbox.api.Flags;
import org.facteur.mailbox.api.MailboxChanges;
import org.facteur.mailbox.api.MailboxCommand;
import org.facteur.mailbox.api.MailboxCommand.StoreMode;
import org.facteur.mailbox.api.MailboxRow;
import org.facteur.platform.directory.TableView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The store against a real broker and a real database. Each test has accounts of its own. */
class MailboxStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MESSAGE = "From: a@example.com\r\nSubject: hello\r\n\r\nText\r\n";
    private static StoreFixture store;

    @BeforeAll
    static void start() throws Exception {
        store = new StoreFixture();
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
    }

    @Test
    void newAccountHasItsFolders() {
        account("folders@example.org");
        assertThat(StoreFixture.await(store.reads.mailboxes("folders@example.org")))
                .extracting(MailboxRow::name, row -> row.specialUse().orElse(""))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("INBOX", ""),
                        org.assertj.core.groups.Tuple.tuple("Drafts", "\\Drafts"),
                        org.assertj.core.groups.Tuple.tuple("Sent", "\\Sent"),
                        org.assertj.core.groups.Tuple.tuple("Junk", "\\Junk"),
                        org.assertj.core.groups.Tuple.tuple("Trash", "\\Trash"),
                        org.assertj.core.groups.Tuple.tuple("Archive", "\\Archive"));
    }

    @Test
    void repeatedDeliveryGivesOneMessage() {
        account("repeat@example.org");
        String id = newId();
        store.deliver(id, Disposition.INBOX, MESSAGE, "repeat@example.org");
        store.deliver(id, Disposition.INBOX, MESSAGE, "repeat@example.org");
        store.deliver(newId(), Disposition.INBOX, MESSAGE, "repeat@example.org");
        await().atMost(PATIENCE).until(() -> inbox("repeat@example.org").messages() == 2);
        MailboxRow inbox = inbox("repeat@example.org");
        assertThat(inbox.uidNext()).isEqualTo(3);
        assertThat(inbox.unseen()).isEqualTo(2);
    }

    @Test
    void deliveryHasReturnPathAndTraceBeforeTheBytesAsReceived() {
        account("bytes@example.org");
        store.deliver(newId(), Disposition.INBOX, MESSAGE, "bytes@example.org");
        await().atMost(PATIENCE).until(() -> inbox("bytes@example.org").messages() == 1);
        EmailRow email = StoreFixture.await(
                        store.reads.emails(inbox("bytes@example.org").id(), new long[] {1}))
                .get(0);
        assertThat(new String(email.prefix(), StandardCharsets.UTF_8))
                .isEqualTo("Return-Path: <sender@example.com>\r\nX-Trace: 1\r\n");
        Body body = StoreFixture.await(store.reads.bodies(List.of(email))).get(0);
        assertThat(((Body.Inline) body).bytes()).isEqualTo(MESSAGE.getBytes(StandardCharsets.UTF_8));
        assertThat(email.size()).isEqualTo(email.prefix().length + MESSAGE.length());
    }

    @Test
    void quarantinedMailGoesToJunkAndTwoRecipientsShareOneBody() {
        account("one@example.org");
        account("two@example.org");
        store.deliver(newId(), Disposition.JUNK, MESSAGE + "shared", "one@example.org", "two@example.org");
        await().atMost(PATIENCE)
                .until(() -> mailbox("one@example.org", "Junk").messages() == 1
                        && mailbox("two@example.org", "Junk").messages() == 1);
        byte[] first = email("one@example.org").bodyHash();
        assertThat(email("two@example.org").bodyHash()).isEqualTo(first);
    }

    @Test
    void commandsChangeMailboxes() {
        account("commands@example.org");
        CommandResult made = run("commands@example.org", new MailboxCommand.Create("Work/2026", null));
        assertThat(made.isOk()).isTrue();
        assertThat(names("commands@example.org")).contains("Work", "Work/2026");
        CommandResult first = append("commands@example.org", "Work/2026", List.of("\\Seen", "important"));
        CommandResult second = append("commands@example.org", "Work/2026", List.of());
        assertThat(first.to()).containsExactly(1);
        assertThat(second.to()).containsExactly(2);
        assertThat(second.modseq()).isGreaterThan(first.modseq());

        long work = made.mailbox();
        CommandResult stored = run(
                "commands@example.org",
                new MailboxCommand.Store(work, new long[] {1, 2, 9}, StoreMode.ADD, List.of("\\Deleted"), null));
        assertThat(stored.modseq()).isGreaterThan(second.modseq());
        assertThat(changes(work, 0).changed())
                .extracting(MailboxChanges.Changed::flags)
                .containsExactly(
                        new Flags(Flags.SEEN | Flags.DELETED, List.of("important")),
                        new Flags(Flags.DELETED, List.of()));

        CommandResult copied = run("commands@example.org", new MailboxCommand.Copy(work, new long[] {1, 2}, "Archive"));
        assertThat(copied.from()).containsExactly(1, 2);
        assertThat(copied.to()).containsExactly(1, 2);
        CommandResult moved = run("commands@example.org", new MailboxCommand.Move(work, new long[] {2}, "Archive"));
        assertThat(moved.to()).containsExactly(3);
        assertThat(changes(work, stored.modseq()).expunged()).containsExactly(2);

        CommandResult expunged = run("commands@example.org", new MailboxCommand.Expunge(work, null));
        assertThat(expunged.isOk()).isTrue();
        MailboxRow empty = mailbox("commands@example.org", "Work/2026");
        assertThat(empty.messages()).isZero();
        assertThat(empty.deleted()).isZero();
        assertThat(empty.size()).isZero();
        assertThat(mailbox("commands@example.org", "Archive").messages()).isEqualTo(3);

        assertThat(run("commands@example.org", new MailboxCommand.Rename("Work", "Old"))
                        .isOk())
                .isTrue();
        assertThat(names("commands@example.org")).contains("Old", "Old/2026").doesNotContain("Work");
        assertThat(run("commands@example.org", new MailboxCommand.Delete("Old/2026"))
                        .isOk())
                .isTrue();
        assertThat(names("commands@example.org")).doesNotContain("Old/2026");
    }

    @Test
    void storeUnchangedSinceLeavesNewerAlone() {
        account("condstore@example.org");
        append("condstore@example.org", "INBOX", List.of());
        CommandResult second = append("condstore@example.org", "INBOX", List.of());
        CommandResult stored = run(
                "condstore@example.org",
                new MailboxCommand.Store(
                        second.mailbox(),
                        new long[] {1, 2},
                        StoreMode.REPLACE,
                        List.of("\\Seen"),
                        second.modseq() - 1));
        assertThat(stored.modified()).containsExactly(2);
        assertThat(inbox("condstore@example.org").unseen()).isEqualTo(1);
    }

    @Test
    void refusals() {
        account("refused@example.org");
        assertThat(run("refused@example.org", new MailboxCommand.Delete("INBOX"))
                        .code())
                .isEqualTo(CommandResult.Code.CANNOT);
        assertThat(run("refused@example.org", new MailboxCommand.Create("Sent", null))
                        .code())
                .isEqualTo(CommandResult.Code.ALREADYEXISTS);
        assertThat(run("refused@example.org", new MailboxCommand.Copy(1L << 40, new long[] {1}, "Sent"))
                        .code())
                .isEqualTo(CommandResult.Code.NONEXISTENT);
        assertThat(append("refused@example.org", "Nowhere", List.of()).code()).isEqualTo(CommandResult.Code.TRYCREATE);
    }

    @Test
    void whatTheDatabaseNeverTakesStopsNobody() {
        account("nul@example.org");
        assertThat(run("nul@example.org", new MailboxCommand.Subscribe("a\0b", true))
                        .code())
                .isEqualTo(CommandResult.Code.CANNOT);
        String poison = "a\0b" + newId();
        store.deliver(newId(), Disposition.INBOX, MESSAGE, "nul@example.org");
        store.deliver(poison, Disposition.INBOX, MESSAGE, "nul@example.org");
        store.deliver(newId(), Disposition.INBOX, MESSAGE, "nul@example.org");
        await().atMost(PATIENCE).until(() -> inbox("nul@example.org").messages() == 2);
        store.deliver(newId(), Disposition.INBOX, MESSAGE, "nul@example.org");
        await().atMost(PATIENCE).until(() -> inbox("nul@example.org").messages() == 3);
    }

    @Test
    void quotaBindsAppend() {
        store.account("small@example.org", 100);
        awaitInbox("small@example.org");
        assertThat(append("small@example.org", "INBOX", List.of()).isOk()).isTrue();
        assertThat(append("small@example.org", "INBOX", List.of()).isOk()).isTrue();
        assertThat(append("small@example.org", "INBOX", List.of()).code()).isEqualTo(CommandResult.Code.OVERQUOTA);
    }

    @Test
    void renamingInboxMovesItsMessages() {
        account("inbox@example.org");
        append("inbox@example.org", "INBOX", List.of());
        assertThat(run("inbox@example.org", new MailboxCommand.Rename("INBOX", "Old"))
                        .isOk())
                .isTrue();
        assertThat(inbox("inbox@example.org").messages()).isZero();
        assertThat(mailbox("inbox@example.org", "Old").messages()).isEqualTo(1);
    }

    @Test
    void removedAccountIsGoneAndANewOneIsEmpty() {
        account("gone@example.org");
        append("gone@example.org", "INBOX", List.of());
        store.removeAccount("gone@example.org");
        await().atMost(PATIENCE).until(() -> names("gone@example.org").isEmpty());
        account("gone@example.org");
        assertThat(inbox("gone@example.org").messages()).isZero();
    }

    @Test
    void theQuotaOfARemovedAccountIsFreeForItsNextOwner() {
        TableView<UsageEntry> usage = store.kafka.table(Topic.USAGE, UsageEntry.class);
        account("usage@example.org");
        append("usage@example.org", "INBOX", List.of());
        await().atMost(PATIENCE).until(() -> usage.get("usage@example.org").isPresent());
        store.removeAccount("usage@example.org");
        await().atMost(PATIENCE).until(() -> usage.get("usage@example.org").isEmpty());
    }

    @Test
    void repeatedCommandGivesTheRecordedResult() {
        account("again@example.org");
        String id = newId();
        MailboxCommand append = MailboxCommand.Append.of(
                "INBOX", List.of(), Optional.empty(), new Body.Inline(MESSAGE.getBytes(StandardCharsets.UTF_8)));
        CommandResult first = store.command(id, "again@example.org", append);
        CommandResult again = store.command(id, "again@example.org", append);
        assertThat(first.isOk()).isTrue();
        assertThat(again).usingRecursiveComparison().isEqualTo(first);
        assertThat(inbox("again@example.org").messages()).isEqualTo(1);
    }

    @Test
    void mailboxMadeAgainAtOnceHasAnotherUidValidity() {
        String account = "validity@example.org";
        account(account);
        run(account, new MailboxCommand.Create("Twice", null));
        long first = mailbox(account, "Twice").uidValidity();
        run(account, new MailboxCommand.Delete("Twice"));
        run(account, new MailboxCommand.Create("Twice", null));
        assertThat(mailbox(account, "Twice").uidValidity()).isGreaterThan(first);
    }

    @Test
    void renamingOntoNamesThatAreTakenIsRefusedAndHoldsUpNobody() {
        String account = "taken@example.org";
        account(account);
        run(account, new MailboxCommand.Create("Old/Below", null));
        run(account, new MailboxCommand.Delete("Old"));
        run(account, new MailboxCommand.Create("New/Below", null));
        assertThat(run(account, new MailboxCommand.Rename("New", "Old")).code())
                .isEqualTo(CommandResult.Code.ALREADYEXISTS);
        assertThat(names(account)).contains("New", "New/Below", "Old/Below").doesNotContain("Old");
        assertThat(append(account, "New", List.of()).isOk()).isTrue();
    }

    @Test
    void whatTheDatabaseCannotTakeIsRefusedAndHoldsUpNobody() {
        String account = "strange@example.org";
        account(account);
        long inbox = inbox(account).id();
        StringBuilder longest = new StringBuilder();
        new Random(1).ints(1000, 0x4e00, 0x9fff).forEach(longest::appendCodePoint);
        for (MailboxCommand strange : List.of(
                new MailboxCommand.Subscribe("nul\0", true),
                new MailboxCommand.Copy(inbox, new long[] {1}, "nul\0"),
                new MailboxCommand.Delete("nul\0"),
                new MailboxCommand.Create(longest.toString(), null),
                new MailboxCommand.Append(
                        "INBOX", List.of(), Instant.MAX, MESSAGE.getBytes(StandardCharsets.UTF_8), null),
                new MailboxCommand.Append("INBOX", List.of(), null, null, "0".repeat(64) + ":300000"))) {
            assertThat(run(account, strange).code()).as(strange.toString()).isEqualTo(CommandResult.Code.CANNOT);
        }
        assertThat(append(account, "INBOX", List.of()).isOk()).isTrue();
        assertThat(inbox(account).messages()).isEqualTo(1);
    }

    @Test
    void theReaderCannotWriteNorSeeResults() {
        for (String statement : List.of(
                "delete from message",
                "update mailbox set modseq = modseq",
                "insert into expunged values (1, 1, 1)",
                "truncate body",
                "create table more (id bigint)",
                "select * from command_result")) {
            assertThatThrownBy(() ->
                            StoreFixture.await(store.reader.query(statement).execute()))
                    .as(statement)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void deliveriesAreThereOnceWhenTheDatabaseCrashesMeanwhile() throws Exception {
        account("outage@example.org");
        for (int i = 0; i < 300; i++) {
            if (i == 100) {
                store.postgres.crash();
            }
            if (i == 200) {
                store.postgres.start();
            }
            store.deliver(newId(), Disposition.INBOX, MESSAGE + i, "outage@example.org");
        }
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> inbox("outage@example.org").messages() == 300);
        assertThat(inbox("outage@example.org").uidNext()).isEqualTo(301);
        assertThat(changes(inbox("outage@example.org").id(), 0).changed()).hasSize(300);
    }

    private static void account(String address) {
        store.account(address, 0);
        awaitInbox(address);
    }

    private static void awaitInbox(String address) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> StoreFixture.await(
                        store.reads.mailbox(address, "INBOX"))
                .isPresent());
    }

    private static CommandResult run(String account, MailboxCommand command) {
        return StoreFixture.await(store.commands.run(account, command));
    }

    private static CommandResult append(String account, String mailbox, List<String> flags) {
        Body body = new Body.Inline(MESSAGE.getBytes(StandardCharsets.UTF_8));
        return run(account, MailboxCommand.Append.of(mailbox, flags, Optional.empty(), body));
    }

    private static MailboxRow inbox(String account) {
        return mailbox(account, "INBOX");
    }

    private static MailboxRow mailbox(String account, String name) {
        return StoreFixture.await(store.reads.mailbox(account, name)).orElseThrow();
    }

    private static EmailRow email(String account) {
        return StoreFixture.await(store.reads.emails(mailbox(account, "Junk").id(), new long[] {1}))
                .get(0);
    }

    private static List<String> names(String account) {
        return StoreFixture.await(store.reads.mailboxes(account)).stream()
                .map(MailboxRow::name)
                .toList();
    }

    private static MailboxChanges changes(long mailbox, long modseq) {
        return StoreFixture.await(store.reads.changesAfter(mailbox, modseq));
    }
}

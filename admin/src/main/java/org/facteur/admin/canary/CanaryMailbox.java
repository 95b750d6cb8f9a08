package org.facteur.admin.canary;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.facteur.platform.config.HostPort;

/** The canary's mailbox over IMAP, as a mail client sees it. Everything here blocks: it is for a worker thread. */
final class CanaryMailbox {
    private static final long POLL_MILLIS = 100;
    private static final String ANSWER_MILLIS = "10000";

    private final HostPort server;
    private final CanaryAccount account;
    private final Duration deadline;

    /**
     * Connects when there is something to read.
     *
     * @param deadline for a message to be there
     */
    CanaryMailbox(HostPort server, CanaryAccount account, Duration deadline) {
        this.server = server;
        this.account = account;
        this.deadline = deadline;
    }

    /**
     * Waits for the message with a token, reads it, and leaves the mailbox empty, whether it came or not: what came too late
     * last time, and what strangers wrote, does not pile up.
     *
     * @return {@link System#nanoTime} when the message was read
     */
    long read(String token) throws CanaryFailure, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        try (Store store = Session.getInstance(properties()).getStore("imap")) {
            store.connect(server.host(), server.port(), account.address(), account.password());
            try (Tidying after = () -> empty(store)) {
                return readInbox(store, token, end);
            }
        } catch (MessagingException | IOException e) {
            throw new CanaryFailure(CanaryStep.READ, e);
        }
    }

    /** What is done after the reading in any case; the failure of the reading is the one that is told. */
    private interface Tidying extends AutoCloseable {
        @Override
        void close() throws MessagingException;
    }

    private static long readInbox(Store store, String token, long end)
            throws MessagingException, IOException, CanaryFailure, InterruptedException {
        try (Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            Message message = await(inbox, token, end);
            String text = new String(message.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!text.contains(token)) {
                throw new CanaryFailure(CanaryStep.READ, "the message has arrived with another text");
            }
            return System.nanoTime();
        }
    }

    private static Message await(Folder inbox, String token, long end)
            throws MessagingException, CanaryFailure, InterruptedException {
        while (true) {
            inbox.getMessageCount(); // sends NOOP, so that the next command sees what is new
            Message[] found = inbox.search(new SubjectTerm(token));
            if (found.length > 0) {
                return found[0];
            }
            if (System.nanoTime() - end >= 0) {
                throw new CanaryFailure(
                        CanaryStep.ARRIVE, "the message was accepted and is not in the mailbox in time");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static void empty(Store store) throws MessagingException {
        empty(store, "INBOX");
        empty(store, "Junk");
    }

    private static void empty(Store store, String name) throws MessagingException {
        Folder folder = store.getFolder(name);
        folder.open(Folder.READ_WRITE);
        if (folder.getMessageCount() > 0) {
            folder.setFlags(1, folder.getMessageCount(), new Flags(Flags.Flag.DELETED), true);
        }
        folder.close(true);
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.imap.connectiontimeout", ANSWER_MILLIS);
        properties.put("mail.imap.timeout", ANSWER_MILLIS);
        properties.put("mail.imap.writetimeout", ANSWER_MILLIS);
        properties.put("mail.imap.starttls.enable", "true");
        properties.put("mail.imap.starttls.required", "true");
        // The certificate may be self-signed, and the server is reached by a name of the inside.
        properties.put("mail.imap.ssl.trust", "*");
        properties.put("mail.imap.ssl.checkserveridentity", "false");
        return properties;
    }
}

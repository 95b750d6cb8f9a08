package org.facteur.compose;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.standalone.Inbox;

/** A mail client that stays logged in, sees what is new in INBOX, and comes back when the connection is lost. */
final class MailboxWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;

    private final int port;
    private final String account;
    private final String password;
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "mailbox-watch");
    private volatile boolean over;
    private long last;

    private MailboxWatch(int port, String account, String password) {
        this.port = port;
        this.account = account;
        this.password = password;
    }

    static MailboxWatch start(int port, String account, String password) {
        MailboxWatch watch = new MailboxWatch(port, account, password);
        watch.thread.start();
        return watch;
    }

    private void run() {
        while (!over) {
            try (Store store = Inbox.connect(port, account, password);
                    Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                connections.incrementAndGet();
                while (!over) {
                    look(inbox);
                    Thread.sleep(PAUSE_MILLIS); // the pause of a polling client, not a wait of the test
                }
            } catch (MessagingException e) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(Folder inbox) throws MessagingException {
        Message[] messages = ((UIDFolder) inbox).getMessagesByUID(last + 1, UIDFolder.LASTUID);
        FetchProfile envelopes = new FetchProfile();
        envelopes.add(FetchProfile.Item.ENVELOPE);
        inbox.fetch(messages, envelopes);
        for (Message message : messages) {
            seen.putIfAbsent(message.getSubject(), Instant.now());
            last = Math.max(last, ((UIDFolder) inbox).getUID(message));
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            over = true;
        }
    }

    /** When each subject was first seen. */
    Map<String, Instant> seen() {
        return Map.copyOf(seen);
    }

    /** How often it had to connect. */
    int connections() {
        return connections.get();
    }

    /** The longest time from a 250 until the client saw the message. */
    Duration worstDelay(Map<String, Instant> accepted) {
        return accepted.entrySet().stream()
                .map(entry -> Duration.between(entry.getValue(), seen.get(entry.getKey())))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.interrupt();
        thread.join();
    }
}

package org.facteur.standalone;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Mailboxes over IMAP, as a mail client has them. */
public final class Inbox {
    private Inbox() {}

    /** How often each subject is in an account's INBOX and Junk. */
    public static Map<String, Integer> subjects(int port, String account, String password) throws MessagingException {
        Map<String, Integer> counts = new HashMap<>();
        try (Store store = connect(port, account, password)) {
            for (String name : new String[] {"INBOX", "Junk"}) {
                try (Folder folder = store.getFolder(name)) {
                    folder.open(Folder.READ_ONLY);
                    Message[] messages = folder.getMessages();
                    FetchProfile envelopes = new FetchProfile();
                    envelopes.add(FetchProfile.Item.ENVELOPE);
                    folder.fetch(messages, envelopes);
                    for (Message message : messages) {
                        counts.merge(message.getSubject(), 1, Integer::sum);
                    }
                }
            }
        }
        return counts;
    }

    /** Logs in at a port of this machine, with STARTTLS, whatever the certificate. */
    public static Store connect(int port, String account, String password) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.imap.connectiontimeout", "5000");
        properties.put("mail.imap.timeout", "20000");
        properties.put("mail.imap.starttls.enable", "true");
        properties.put("mail.imap.ssl.trust", "*");
        properties.put("mail.imap.ssl.checkserveridentity", "false");
        Store store = Session.getInstance(properties).getStore("imap");
        store.connect("127.0.0.1", port, account, password);
        return store;
    }
}

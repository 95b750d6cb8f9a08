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

/** All subjects of an account's mail over IMAP, Junk included, with how often each is there. */
final class Inbox {
    private Inbox() {}

    static Map<String, Integer> subjects(int port, String account) throws MessagingException {
        Map<String, Integer> counts = new HashMap<>();
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", port, account, World.PASSWORD);
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
}

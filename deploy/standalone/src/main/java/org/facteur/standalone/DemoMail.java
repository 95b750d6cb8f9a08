package org.facteur.standalone;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.DKIMSignOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.SubjectTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** Mail as others send and read it: Vert.x Mail sends, Angus Mail reads over IMAP. */
final class DemoMail {
    private DemoMail() {}

    /** As another server hands a signed message in. */
    static Future<Void> fromOutside(Vertx vertx, int port, DemoWorld world, String to, String subject) {
        DKIMSignOptions sign = new DKIMSignOptions()
                .setPrivateKey(world.privateKey())
                .setSdid(DemoWorld.OUTSIDE)
                .setSelector(DemoWorld.SELECTOR)
                .setAuid("@" + DemoWorld.OUTSIDE)
                .setSignedHeaders(List.of("From", "To", "Subject", "Date", "Message-ID"));
        MailConfig config = new MailConfig("127.0.0.1", port, StartTLSOptions.OPTIONAL, LoginOption.DISABLED)
                .setTrustAll(true)
                .setOwnHostname("mx." + DemoWorld.OUTSIDE)
                .setEnableDKIM(true)
                .addDKIMSignOption(sign);
        return send(vertx, config, message("carol@" + DemoWorld.OUTSIDE, List.of(to), subject));
    }

    /** As a mail client submits. */
    static Future<Void> fromClient(
            Vertx vertx, int port, String account, String password, List<String> to, String subject) {
        MailConfig config = new MailConfig("127.0.0.1", port, StartTLSOptions.REQUIRED, LoginOption.REQUIRED)
                .setTrustAll(true)
                .setUsername(account)
                .setPassword(password);
        return send(vertx, config, message(account, to, subject));
    }

    /** How many messages with this subject an account has in a folder, over IMAP. */
    static int count(int port, String account, String password, String folder, String subject)
            throws MessagingException {
        return read(port, account, password, folder, opened -> opened.search(new SubjectTerm(subject)).length);
    }

    /** The topmost field of a name in the newest message of an account's INBOX, over IMAP. */
    static String header(int port, String account, String password, String name) throws MessagingException {
        return read(port, account, password, "INBOX", inbox -> inbox.getMessage(inbox.getMessageCount())
                .getHeader(name)[0]);
    }

    /** The whole message with a subject in an account's INBOX, as it comes over IMAP. */
    static String whole(int port, String account, String password, String subject) throws MessagingException {
        return read(port, account, password, "INBOX", inbox -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                inbox.search(new SubjectTerm(subject))[0].writeTo(out);
            } catch (IOException e) {
                throw new MessagingException("not read", e);
            }
            return out.toString(StandardCharsets.UTF_8);
        });
    }

    /** What is done with an open folder. */
    private interface Reading<T> {
        T from(Folder folder) throws MessagingException;
    }

    private static <T> T read(int port, String account, String password, String folder, Reading<T> reading)
            throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.imap.connectiontimeout", "5000");
        properties.put("mail.imap.timeout", "20000");
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect("127.0.0.1", port, account, password);
            try (Folder opened = store.getFolder(folder)) {
                opened.open(Folder.READ_ONLY);
                return reading.from(opened);
            }
        }
    }

    private static Future<Void> send(Vertx vertx, MailConfig config, MailMessage message) {
        MailClient client = MailClient.create(vertx, config);
        return client.sendMail(message).<Void>mapEmpty().eventually(client::close);
    }

    private static MailMessage message(String from, List<String> to, String subject) {
        return new MailMessage()
                .setFrom(from)
                .setTo(to)
                .setSubject(subject)
                .setText("This message shows the way that mail takes through Facteur.\n");
    }
}

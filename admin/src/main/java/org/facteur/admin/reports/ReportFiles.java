package org.facteur.admin.reports;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The files in a message that may be reports: every part that is not plain words, with bounds on their number and depth. */
final class ReportFiles {
    private static final int MOST_PARTS = 50;
    private static final int DEEPEST = 5;
    private static final int MOST_FILES = 2;

    private final List<byte[]> files = new ArrayList<>();
    private int parts;

    private ReportFiles() {}

    /** Finds them; fails where there are none or too many, and where the message is no message. */
    static List<byte[]> in(byte[] message) throws UnreadableReport {
        ReportFiles found = new ReportFiles();
        try {
            found.look(
                    new MimeMessage(Session.getInstance(new Properties()), new SharedByteArrayInputStream(message)), 0);
        } catch (MessagingException | IOException | RuntimeException e) {
            throw new UnreadableReport("the message cannot be taken apart: " + Words.of(e.getMessage(), 100));
        }
        if (found.files.isEmpty()) {
            throw new UnreadableReport("the message has no report in it");
        }
        return found.files;
    }

    private void look(Part part, int depth) throws MessagingException, IOException, UnreadableReport {
        if (++parts > MOST_PARTS || depth > DEEPEST) {
            throw new UnreadableReport("the message has too many parts");
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart inner = multipart.getBodyPart(i);
                look(inner, depth + 1);
            }
        } else if (!part.isMimeType("text/plain") && !part.isMimeType("text/html") || part.getFileName() != null) {
            add(part);
        }
    }

    private void add(Part part) throws MessagingException, IOException, UnreadableReport {
        if (files.size() == MOST_FILES) {
            throw new UnreadableReport("more than " + MOST_FILES + " files in one message");
        }
        try (InputStream in = part.getInputStream()) {
            files.add(in.readNBytes(Unpacking.MOST_OCTETS + 1));
        }
    }
}

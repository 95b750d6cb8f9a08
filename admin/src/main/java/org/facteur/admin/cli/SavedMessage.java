package org.facteur.admin.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.RawHeader;

/**
 * A message in a file, brought into the form that it had on the wire, and what its header remembers of the session in which it
 * came.
 *
 * @param bytes the message with CRLF line ends
 * @param notes what was changed, one sentence each
 */
record SavedMessage(byte[] bytes, List<String> notes) {
    private static final Pattern ADDRESS = Pattern.compile(
            "[\\[(](?:IPv6:)?((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)[\\])]",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HELO = Pattern.compile("^from\\s+(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BY = Pattern.compile("\\sby\\s", Pattern.CASE_INSENSITIVE);

    /** Reads a file: the separator of an mbox is no part of the message, and a signature is made over CRLF. */
    static SavedMessage of(byte[] file) {
        List<String> notes = new ArrayList<>();
        int from = 0;
        if (new String(file, 0, Math.min(5, file.length), StandardCharsets.US_ASCII).equals("From ")) {
            while (from < file.length && file[from++] != '\n') {
                continue;
            }
            notes.add("the separator line of the mbox was left out");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + file.length / 16);
        boolean changed = false;
        for (int i = from; i < file.length; i++) {
            if (file[i] == '\n' && (i == 0 || file[i - 1] != '\r')) {
                out.write('\r');
                changed = true;
            }
            out.write(file[i]);
        }
        if (changed) {
            notes.add("line ends were made CRLF, as on the wire");
        }
        return new SavedMessage(out.toByteArray(), List.copyOf(notes));
    }

    /** The client's address in the topmost Received field. */
    Optional<String> ip() {
        return received().map(ADDRESS::matcher).filter(Matcher::find).map(found -> found.group(1));
    }

    /** The client's HELO in the topmost Received field. */
    Optional<String> helo() {
        return received().map(HELO::matcher).filter(Matcher::find).map(found -> found.group(1));
    }

    /** The address in the topmost Return-Path field; an empty text for the null reverse-path. */
    Optional<String> reversePath() {
        return topmost("return-path")
                .filter(path -> path.startsWith("<") && path.endsWith(">"))
                .map(path -> path.substring(1, path.length() - 1));
    }

    /** The part of it that is about the client. */
    private Optional<String> received() {
        return topmost("received").map(value -> BY.split(value, 2)[0]);
    }

    private Optional<String> topmost(String name) {
        return RawHeader.parse(bytes, 0, bytes.length).fields(name).stream()
                .findFirst()
                .map(RawField::value);
    }
}

package org.facteur.mail.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an address list in one pass without going back. A word is collected into {@code phrase} (with the spaces between
 * words) and into {@code local} (the last word alone, dots and what is around them joined), because only the character behind
 * it tells what it was: {@code <} a display name, {@code :} a group's name, {@code @} a local part.
 */
final class AddressListParser {
    private final String text;
    private int left;
    private final List<ListedAddress> entries = new ArrayList<>();
    private final StringBuilder phrase = new StringBuilder();
    private final StringBuilder local = new StringBuilder();
    private final StringBuilder domain = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private List<ListedMailbox> members = new ArrayList<>();
    private String group = "";
    private boolean inGroup;
    private boolean atSeen;
    private boolean gap;
    private boolean afterDot;
    private int localInPhrase;
    private int pos;

    /** Takes at most {@code max} mailboxes and groups, members included; what follows is left out. */
    AddressListParser(String text, int max) {
        this.text = text;
        this.left = max;
    }

    List<ListedAddress> parse() {
        while (pos < text.length() && left > 0) {
            char c = text.charAt(pos);
            switch (c) {
                case ' ', '\t', '\r', '\n' -> {
                    gap = true;
                    pos++;
                }
                case '(' -> readComment();
                case '<' -> readAngle();
                case ',' -> {
                    pos++;
                    flush();
                }
                case ';' -> {
                    pos++;
                    flush();
                    endGroup();
                }
                case ':' -> {
                    pos++;
                    startGroup();
                }
                case '@' -> {
                    pos++;
                    readAt();
                }
                case '"' -> append(readQuoted());
                case '[' -> append(readLiteral());
                case ')', '>', '\\' -> pos++;
                default -> append(readAtom());
            }
        }
        flush();
        endGroup();
        return entries;
    }

    private void append(String word) {
        boolean joined = afterDot || word.startsWith(".");
        if (atSeen && gap && !joined && domain.length() > 0) {
            flush(); // a comma is missing; two addresses must not become one
        }
        if (atSeen) {
            domain.append(word);
            gap = false;
            afterDot = word.endsWith(".");
            return;
        }
        if (gap && phrase.length() > 0) {
            phrase.append(' ');
        }
        if (gap && !joined) {
            local.setLength(0);
            localInPhrase = phrase.length();
        }
        phrase.append(word);
        local.append(word);
        gap = false;
        afterDot = word.endsWith(".");
    }

    /** A second {@code @} stays in the domain, which no address can then be made of. */
    private void readAt() {
        domain.append(atSeen ? "@" : "");
        atSeen = true;
        afterDot = false;
    }

    private String readAtom() {
        int start = pos;
        while (pos < text.length() && " \t\r\n(),:;<>@[\"\\".indexOf(text.charAt(pos)) < 0) {
            pos++;
        }
        return text.substring(start, pos);
    }

    /** {@code DQUOTE *([FWS] qcontent) [FWS] DQUOTE}: its content, line ends dropped. */
    private String readQuoted() {
        StringBuilder content = new StringBuilder();
        pos++;
        while (pos < text.length()) {
            char c = text.charAt(pos++);
            if (c == '"') {
                break;
            }
            if (c == '\\' && pos < text.length()) {
                c = text.charAt(pos++);
            }
            if (c != '\r' && c != '\n') {
                content.append(c);
            }
        }
        return content.toString();
    }

    private String readLiteral() {
        int close = text.indexOf(']', pos);
        int start = pos;
        pos = close < 0 ? text.length() : close + 1;
        return text.substring(start, pos);
    }

    /** Comments nest (RFC 5322 section 3.2.2); the last one is kept for an address without a display name. */
    private void readComment() {
        comment.setLength(0);
        gap = true;
        int depth = 0;
        while (pos < text.length()) {
            char c = text.charAt(pos++);
            if (c == '(' && depth++ == 0) {
                continue;
            }
            if (c == ')' && --depth == 0) {
                return;
            }
            if (c == '\\' && pos < text.length()) {
                c = text.charAt(pos++);
            }
            if (c != '\r' && c != '\n') {
                comment.append(c);
            }
        }
    }

    /** {@code "<" [obs-route] addr-spec ">"}; a missing {@code >} ends at the next comma. */
    private void readAngle() {
        String name = atSeen ? phrase + "@" + domain : phrase.toString();
        pos++;
        clear();
        boolean route = false;
        boolean open = true;
        while (open && pos < text.length()) {
            char c = text.charAt(pos);
            switch (c) {
                case '>' -> {
                    pos++;
                    open = false;
                }
                case ',' -> {
                    open = route;
                    pos += route ? 1 : 0;
                }
                case '@' -> {
                    route |= local.length() == 0;
                    readAt();
                    pos++;
                }
                case ':' -> {
                    clear();
                    route = false;
                    pos++;
                }
                case '"' -> appendAddress(readQuoted());
                case '(' -> readComment();
                case '[' -> appendAddress(readLiteral());
                case ' ', '\t', '\r', '\n', '<', ')', ';', '\\' -> pos++;
                default -> appendAddress(readAtom());
            }
        }
        add(name.isBlank() ? "" : name.strip());
        clear();
        comment.setLength(0);
    }

    private void appendAddress(String word) {
        (atSeen ? domain : local).append(word);
    }

    private void startGroup() {
        if (atSeen || inGroup) {
            return;
        }
        inGroup = true;
        left--;
        group = phrase.toString();
        clear();
    }

    private void endGroup() {
        if (inGroup) {
            entries.add(new ListedGroup(group, members));
            members = new ArrayList<>();
            inGroup = false;
        }
    }

    /** Ends an entry that had no angle brackets. */
    private void flush() {
        if (atSeen) {
            String before = phrase.substring(0, Math.min(localInPhrase, phrase.length()));
            add(before.isBlank() ? comment.toString().strip() : before.strip());
        } else if (phrase.length() > 0) {
            local.setLength(0);
            local.append(phrase);
            add(comment.toString().strip());
        }
        clear();
        comment.setLength(0);
    }

    private void add(String name) {
        if (left == 0) {
            return;
        }
        left--;
        ListedMailbox mailbox = new ListedMailbox(
                name.isEmpty() ? Optional.empty() : Optional.of(name), local.toString(), domain.toString());
        if (inGroup) {
            members.add(mailbox);
        } else {
            entries.add(mailbox);
        }
    }

    private void clear() {
        phrase.setLength(0);
        local.setLength(0);
        domain.setLength(0);
        localInPhrase = 0;
        atSeen = false;
        gap = false;
        afterDot = false;
    }
}

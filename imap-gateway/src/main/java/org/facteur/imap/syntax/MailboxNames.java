package org.facteur.imap.syntax;

/**
 * How mailbox names stand on the wire of a connection: modified UTF-7 (RFC 3501 section 5.1.3), or UTF-8 once the client has
 * enabled IMAP4rev2 (RFC 9051 section 5.1).
 */
public enum MailboxNames {
    /** IMAP4rev1. */
    MODIFIED_UTF7,
    /** IMAP4rev2. */
    UTF8;

    private static final int MAX_LENGTH = 1000;

    /** {@code mailbox}; INBOX in its one spelling. */
    public String read(Arguments in) {
        return ListPattern.inbox(decode(in.astring()));
    }

    /** {@code list-mailbox}, wildcards and all. */
    public String readPattern(Arguments in) {
        return decode(in.listMailbox());
    }

    /** A name as a string of a response. */
    public Wire write(Wire wire, String name) {
        if (this == UTF8) {
            return name.chars().allMatch(c -> c >= 0x20 && c != 0x7f) ? wire.quoted(name) : wire.string(name);
        }
        return wire.string(ModifiedUtf7.encode(name));
    }

    private String decode(String text) {
        String name = this == UTF8
                ? text
                : ModifiedUtf7.decode(text)
                        .orElseThrow(() -> new SyntaxError("the mailbox name is not modified UTF-7"));
        if (name.length() > MAX_LENGTH || name.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new SyntaxError("no mailbox can have that name");
        }
        return name;
    }
}

package org.facteur.imap.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cursor over the text of one command, literals in place. Each method reads one production of the grammar (RFC 9051 section
 * 9) or fails with {@link SyntaxError} and leaves the cursor where it was found wanting.
 */
public final class Arguments {
    private static final String NO_ATOM = "(){ %*\"\\]";
    private static final int MAX_DEPTH = 100;

    private final byte[] bytes;
    private final int limit;
    private int at;
    private int depth;

    /** Over the whole line or lines of a command, from the tag on; the octets are not copied. */
    public Arguments(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.limit = offset + length;
    }

    /** Over a text. */
    public static Arguments of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Arguments(bytes, 0, bytes.length);
    }

    /** Whether everything was read. */
    public boolean atEnd() {
        return at >= limit;
    }

    /** Fails unless everything was read. */
    public void end() {
        if (!atEnd()) {
            throw new SyntaxError("unexpected text after the arguments");
        }
    }

    /** Whether the next octet is {@code c}. */
    public boolean peek(char c) {
        return at < limit && bytes[at] == c;
    }

    /** Whether the text goes on with {@code text}, in any case. */
    public boolean peek(String text) {
        if (at + text.length() > limit) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.toUpperCase((char) (bytes[at + i] & 0xff)) != Character.toUpperCase(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Reads {@code c} if it is next. */
    public boolean skip(char c) {
        if (!peek(c)) {
            return false;
        }
        at++;
        return true;
    }

    /** Reads {@code text}, in any case, if it is next. */
    public boolean skip(String text) {
        if (!peek(text)) {
            return false;
        }
        at += text.length();
        return true;
    }

    /** Reads {@code c}. */
    public void expect(char c) {
        if (!skip(c)) {
            throw new SyntaxError(c == ' ' ? "a space is missing" : "expected " + c);
        }
    }

    /** Reads one SP. */
    public void space() {
        expect(' ');
    }

    /** {@code tag = 1*<any ASTRING-CHAR except "+">}. */
    String tag() {
        int from = at;
        while (at < limit && isAstringChar(bytes[at]) && bytes[at] != '+') {
            at++;
        }
        return text(from, "a tag");
    }

    /** An atom in upper case: the name of a command, a search key, a fetch item (letters, digits, hyphen, dot). */
    public String word() {
        int from = at;
        while (at < limit && isWordChar(bytes[at])) {
            at++;
        }
        return text(from, "a word").toUpperCase(Locale.ROOT);
    }

    /** {@code atom = 1*ATOM-CHAR}. */
    public String atom() {
        int from = at;
        while (at < limit && isAstringChar(bytes[at]) && bytes[at] != ']') {
            at++;
        }
        return text(from, "an atom");
    }

    /** {@code astring = 1*ASTRING-CHAR / string}, as UTF-8. */
    public String astring() {
        if (peek('"') || peek('{') || peek("~{")) {
            return string();
        }
        int from = at;
        while (at < limit && isAstringChar(bytes[at])) {
            at++;
        }
        return text(from, "a string or an atom");
    }

    /** {@code list-mailbox = 1*list-char / string}: an astring that may hold the wildcards. */
    public String listMailbox() {
        if (peek('"') || peek('{')) {
            return string();
        }
        int from = at;
        while (at < limit && (isAstringChar(bytes[at]) || bytes[at] == '%' || bytes[at] == '*')) {
            at++;
        }
        return text(from, "a mailbox pattern");
    }

    /** {@code string = quoted / literal}, as UTF-8. */
    public String string() {
        return new String(stringBytes(), StandardCharsets.UTF_8);
    }

    /** {@code nstring = string / nil}. */
    public Optional<String> nstring() {
        return skip("NIL") ? Optional.empty() : Optional.of(string());
    }

    /** {@code string = quoted / literal}, as octets. */
    public byte[] stringBytes() {
        if (skip('"')) {
            return quoted();
        }
        skip('~');
        if (peek('{')) {
            int size = (int) literalSize();
            if (size > limit - at) {
                throw new SyntaxError("the literal is not complete");
            }
            at += size;
            return Arrays.copyOfRange(bytes, at - size, at);
        }
        throw new SyntaxError("expected a string");
    }

    /** The announcement of a literal whose octets are elsewhere; its size. */
    public long literalSize() {
        skip('~');
        expect('{');
        long size = number(Long.MAX_VALUE);
        if (!skip('+')) {
            skip('-');
        }
        expect('}');
        expect('\r');
        expect('\n');
        return size;
    }

    /** {@code number = 1*DIGIT}, 32 bits unsigned. */
    public long number() {
        return number(0xffff_ffffL);
    }

    /** {@code number64}, up to 63 bits. */
    public long number64() {
        return number(Long.MAX_VALUE);
    }

    /** {@code nz-number}. */
    public long nonZero() {
        long number = number();
        if (number == 0) {
            throw new SyntaxError("0 is not allowed here");
        }
        return number;
    }

    /** {@code sequence-set}, or {@code $} for the saved search result (RFC 9051 section 6.4.4.1). */
    public SequenceSet sequenceSet() {
        int from = at;
        while (at < limit && (isDigit(bytes[at]) || ":,*$".indexOf(bytes[at]) >= 0)) {
            at++;
        }
        return SequenceSet.parse(text(from, "a sequence set"));
    }

    /** {@code flag}: an atom, with a backslash before it for the system's own. */
    public String flag() {
        return skip('\\') ? "\\" + atom() : atom();
    }

    /** {@code "(" [item *(SP item)] ")"}. */
    public <T> List<T> list(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        open();
        while (!skip(')')) {
            if (!items.isEmpty()) {
                space();
                if (skip(')')) {
                    break;
                }
            }
            items.add(item.get());
        }
        depth--;
        return items;
    }

    /** Reads an opening parenthesis; nesting is bounded. */
    public void open() {
        expect('(');
        if (++depth > MAX_DEPTH) {
            throw new SyntaxError("parentheses nested too deeply");
        }
    }

    /** Reads the closing parenthesis of {@link #open}. */
    public void close() {
        expect(')');
        depth--;
    }

    /** The octets that were not yet read, as text; the cursor moves to the end. */
    public String rest() {
        String rest = new String(bytes, at, limit - at, StandardCharsets.UTF_8);
        at = limit;
        return rest;
    }

    private byte[] quoted() {
        byte[] text = new byte[limit - at];
        int length = 0;
        while (at < limit) {
            byte b = bytes[at++];
            if (b == '"') {
                return Arrays.copyOf(text, length);
            }
            if (b == '\\') {
                if (!peek('"') && !peek('\\')) {
                    throw new SyntaxError("a backslash in a quoted string stands before \" or \\ only");
                }
                b = bytes[at++];
            }
            if (b == '\r' || b == '\n' || b == 0) {
                throw new SyntaxError("a quoted string holds no line end");
            }
            text[length++] = b;
        }
        throw new SyntaxError("the quoted string does not end");
    }

    private long number(long most) {
        int from = at;
        long number = 0;
        while (at < limit && isDigit(bytes[at])) {
            int digit = bytes[at++] - '0';
            if (number > (most - digit) / 10) {
                throw new SyntaxError("the number is too large");
            }
            number = number * 10 + digit;
        }
        if (at == from) {
            throw new SyntaxError("expected a number");
        }
        return number;
    }

    private String text(int from, String what) {
        if (at == from) {
            throw new SyntaxError("expected " + what);
        }
        return new String(bytes, from, at - from, StandardCharsets.UTF_8);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isWordChar(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || isDigit(b) || b == '-' || b == '.' || b == '=';
    }

    /** {@code ASTRING-CHAR}; octets above ASCII are let through, since some clients send UTF-8 there. */
    private static boolean isAstringChar(byte b) {
        return b < 0 || b > 0x20 && b != 0x7f && (b == ']' || NO_ATOM.indexOf(b) < 0);
    }
}

package org.facteur.imap.syntax;

import java.util.Arrays;
import java.util.Optional;
import org.facteur.platform.net.Line;

/**
 * Puts lines and literals together to commands (RFC 9051 section 2.2). A line goes in by {@link #line}; when it announces a
 * literal, the caller says what becomes of its octets: {@link #keep} and {@link #octets}, or {@link #drop}. Memory is
 * bounded by {@link #MAX_COMMAND}.
 */
public final class CommandReader {
    /** Octets of a command with its kept literals at most. */
    public static final int MAX_COMMAND = 262_144;

    private static final Outcome MORE = new NeedsLine();

    private byte[] held = {};
    private int length;
    private boolean dropping;
    private NeedsLiteral announced;

    /** What the lines so far amount to. */
    public sealed interface Outcome {}

    /** A whole command; {@code name} is in upper case, UID forms are named {@code UID FETCH}. */
    public record Command(String tag, String name, Arguments arguments) implements Outcome {}

    /** Nothing can be said before the next line. */
    public record NeedsLine() implements Outcome {}

    /**
     * The command goes on with a literal.
     *
     * @param size octets of the literal
     * @param synchronizing whether the client waits for a continuation before it sends them
     * @param tag of the command; empty while the rest of a refused command is skipped
     * @param command the command so far, up to and including the announcement
     */
    public record NeedsLiteral(long size, boolean synchronizing, Optional<String> tag, Optional<Command> command)
            implements Outcome {}

    /** What came is no command; {@code tag} where one could be read. */
    public record Invalid(Optional<String> tag, String text) implements Outcome {}

    /** Takes a line without its end. */
    public Outcome line(Line line) {
        long size = announced(line);
        if (dropping) {
            return dropped(size);
        }
        if (length == 0 && size < 0) {
            return read(new Arguments(line.bytes(), line.offset(), line.length()));
        }
        append(line.bytes(), line.offset(), line.length());
        if (size < 0) {
            byte[] whole = held;
            int end = length;
            reset();
            return read(new Arguments(whole, 0, end));
        }
        append(new byte[] {'\r', '\n'}, 0, 2);
        Outcome soFar = read(new Arguments(Arrays.copyOf(held, length), 0, length));
        boolean synchronizing = isSynchronizing(line);
        if (soFar instanceof Command command) {
            announced = new NeedsLiteral(size, synchronizing, Optional.of(command.tag), Optional.of(command));
        } else {
            Optional<String> tag = ((Invalid) soFar).tag;
            announced = new NeedsLiteral(size, synchronizing, tag, Optional.empty());
        }
        return announced;
    }

    /** The announced literal becomes part of the command; false when the command would grow too large. */
    public boolean keep() {
        return length + announced.size <= MAX_COMMAND;
    }

    /** Octets of the literal that is kept. */
    public void octets(byte[] bytes, int offset, int count) {
        append(bytes, offset, count);
    }

    /**
     * The command is given up. Where the client sends the literal unasked, the caller reads and forgets its octets, and the
     * lines of the command that still follow are skipped.
     */
    public void drop() {
        boolean synchronizing = announced.synchronizing;
        reset();
        dropping = !synchronizing;
    }

    /** The octets of the announced literal were read elsewhere: the next line goes on behind them, from nothing. */
    public void detach() {
        reset();
    }

    private Outcome dropped(long size) {
        if (size < 0) {
            dropping = false;
            return MORE;
        }
        announced = new NeedsLiteral(size, false, Optional.empty(), Optional.empty());
        return announced;
    }

    private void reset() {
        held = new byte[0];
        length = 0;
    }

    private void append(byte[] bytes, int from, int count) {
        if (length + count > held.length) {
            held = Arrays.copyOf(held, Math.max(Math.max(256, held.length * 2), length + count));
        }
        System.arraycopy(bytes, from, held, length, count);
        length += count;
    }

    /** Octets of the literal that a line announces at its end, or -1: {@code {5}}, {@code {5+}}. */
    private static long announced(Line line) {
        int at = line.length() - 1;
        if (at < 2 || line.at(at--) != '}') {
            return -1;
        }
        if (line.at(at) == '+' || line.at(at) == '-') {
            at--;
        }
        long size = 0;
        long scale = 1;
        int digits = 0;
        for (; at >= 0 && line.at(at) >= '0' && line.at(at) <= '9' && digits < 18; at--, digits++) {
            size += (line.at(at) - '0') * scale;
            scale *= 10;
        }
        return digits == 0 || at < 0 || line.at(at) != '{' ? -1 : size;
    }

    private static boolean isSynchronizing(Line line) {
        int mark = line.at(line.length() - 2);
        return mark != '+' && mark != '-';
    }

    private static Outcome read(Arguments arguments) {
        Optional<String> tag = Optional.empty();
        try {
            tag = Optional.of(arguments.tag());
            arguments.space();
            String name = arguments.word();
            if (name.equals("UID")) {
                arguments.space();
                name = "UID " + arguments.word();
            }
            return new Command(tag.get(), name, arguments);
        } catch (SyntaxError e) {
            return new Invalid(tag, e.getMessage());
        }
    }
}

package org.facteur.mail.header;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** The date of a message (RFC 5322 sections 3.3 and 4.3): reads what programs write, writes the exact form. */
public final class MessageDate {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String[] DAY_NAMES = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTH_NAMES = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    /** Longest text that is looked at, in characters. */
    private static final int MAX_LENGTH = 128;

    private final String text;
    private int pos;
    private int day = -1;
    private int month = -1;
    private int year = -1;
    private final int[] time = {-1, 0, 0};
    private int offsetMinutes;

    private MessageDate(String text) {
        this.text = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    }

    /**
     * Parses the value of a Date field. Day name, commas, comments, order of day and month, seconds and zone may be missing or
     * unusual; an unknown zone is UTC. Empty when day, month, year or time is not there or out of range.
     */
    public static Optional<OffsetDateTime> parse(String value) {
        return new MessageDate(value).read();
    }

    /** {@code Tue, 24 Nov 2026 14:58:31 +0000}. */
    public static String format(OffsetDateTime date) {
        StringBuilder text = new StringBuilder(31);
        text.append(DAY_NAMES[date.getDayOfWeek().ordinal()]).append(", ").append(date.getDayOfMonth());
        text.append(' ').append(MONTH_NAMES[date.getMonthValue() - 1]).append(' ');
        text.append(
                date.getYear() < 1000
                        ? "0".repeat(4 - Integer.toString(date.getYear()).length())
                        : "");
        text.append(date.getYear()).append(' ');
        two(text, date.getHour()).append(':');
        two(text, date.getMinute()).append(':');
        two(text, date.getSecond()).append(' ');
        int minutes = date.getOffset().getTotalSeconds() / 60;
        text.append(minutes < 0 ? '-' : '+');
        two(text, Math.abs(minutes) / 60);
        return two(text, Math.abs(minutes) % 60).toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append(number < 10 ? "0" : "").append(number);
    }

    private Optional<OffsetDateTime> read() {
        while (pos < text.length()) {
            char c = text.charAt(pos);
            if (c == '(') {
                skipComment();
            } else if (digit(c)) {
                readNumber();
            } else if (letter(c)) {
                readWord();
            } else if ((c == '+' || c == '-')
                    && time[0] >= 0
                    && pos + 1 < text.length()
                    && digit(text.charAt(pos + 1))) {
                pos++;
                readOffset(c == '-' ? -1 : 1);
            } else {
                pos++;
            }
        }
        return build();
    }

    private void readNumber() {
        int start = pos;
        int number = digits();
        int length = pos - start;
        if (time[0] < 0 && colon()) {
            time[0] = number;
            time[1] = digits();
            time[2] = colon() ? digits() : 0;
        } else if (day < 0 && length <= 2) {
            day = number;
        } else if (year < 0) {
            year = fullYear(number, length);
        }
    }

    /** Reads a colon with the comments and white space around it, which the obsolete syntax allows; nothing when there is none. */
    private boolean colon() {
        int before = pos;
        skipSpace();
        if (pos < text.length() && text.charAt(pos) == ':') {
            pos++;
            skipSpace();
            return true;
        }
        pos = before;
        return false;
    }

    private void skipSpace() {
        while (pos < text.length() && (text.charAt(pos) == '(' || Character.isWhitespace(text.charAt(pos)))) {
            if (text.charAt(pos) == '(') {
                skipComment();
            } else {
                pos++;
            }
        }
    }

    /** RFC 5322 section 4.3: two digits are 1950 to 2049, three count from 1900. */
    private static int fullYear(int number, int digits) {
        if (digits == 2) {
            return number < 50 ? 2000 + number : 1900 + number;
        }
        return digits == 3 ? 1900 + number : number;
    }

    private int digits() {
        int number = 0;
        while (pos < text.length() && digit(text.charAt(pos))) {
            number = Math.min(number * 10 + text.charAt(pos++) - '0', 1_000_000);
        }
        return number;
    }

    private void readWord() {
        int start = pos;
        while (pos < text.length() && letter(text.charAt(pos))) {
            pos++;
        }
        String word = text.substring(start, pos).toLowerCase(Locale.ROOT);
        int index = word.length() < 3 ? -1 : MONTHS.indexOf(word.substring(0, 3));
        if (month < 0 && index >= 0 && index % 3 == 0) {
            month = index / 3 + 1;
        } else if (time[0] >= 0 && offsetMinutes == 0) {
            offsetMinutes = zone(word);
        }
    }

    /** Hours east of UTC of the names in RFC 5322 section 4.3. */
    private static int zone(String name) {
        return switch (name) {
            case "edt" -> -4 * 60;
            case "est", "cdt" -> -5 * 60;
            case "cst", "mdt" -> -6 * 60;
            case "mst", "pdt" -> -7 * 60;
            case "pst" -> -8 * 60;
            default -> 0;
        };
    }

    private void readOffset(int sign) {
        int start = pos;
        int number = digits();
        if (pos - start <= 2) {
            int hours = number;
            int minutes = 0;
            if (pos < text.length() && text.charAt(pos) == ':') {
                pos++;
                minutes = digits();
            }
            number = hours * 100 + minutes;
        }
        int minutes = number / 100 * 60 + number % 100;
        offsetMinutes = minutes <= 18 * 60 ? sign * minutes : 0;
    }

    private void skipComment() {
        int depth = 0;
        do {
            char c = text.charAt(pos++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        } while (depth > 0 && pos < text.length());
    }

    private Optional<OffsetDateTime> build() {
        if (day < 0 || month < 0 || year < 0 || time[0] < 0) {
            return Optional.empty();
        }
        try {
            int second = Math.min(time[2], 59); // a leap second is the one before it
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
            return time[2] > 60 || year > 9999
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.of(year, month, day, time[0], time[1], second, 0, offset));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}

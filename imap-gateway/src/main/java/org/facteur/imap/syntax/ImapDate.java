package org.facteur.imap.syntax;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Dates of the grammar (RFC 9051 section 9): {@code date-time} of APPEND and INTERNALDATE, {@code date} of SEARCH. */
public final class ImapDate {
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final DateTimeFormatter READ_DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-yyyy HH:mm:ss Z")
            .toFormatter(Locale.ENGLISH);
    private static final DateTimeFormatter READ_DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-yyyy")
            .toFormatter(Locale.ENGLISH);

    private ImapDate() {}

    /** {@code "17-Jul-1996 02:44:25 -0700"}, without the quotes. */
    public static String dateTime(OffsetDateTime time) {
        return DATE_TIME.format(time.withOffsetSameInstant(
                ZoneOffset.ofTotalSeconds(time.getOffset().getTotalSeconds() / 60 * 60)));
    }

    /** Reads a quoted date-time; the day may be {@code " 7"}. */
    public static OffsetDateTime readDateTime(Arguments in) {
        String text = in.string();
        try {
            return OffsetDateTime.parse(text.strip(), READ_DATE_TIME);
        } catch (DateTimeException e) {
            throw new SyntaxError("not a date-time: " + printable(text));
        }
    }

    /** Reads a date such as {@code 1-Feb-1994}, with or without quotes. */
    public static LocalDate readDate(Arguments in) {
        String text = in.astring();
        try {
            return LocalDate.parse(text, READ_DATE);
        } catch (DateTimeException e) {
            throw new SyntaxError("not a date: " + printable(text));
        }
    }

    private static String printable(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) : text;
        return shown.replaceAll("[^ -~]", "?");
    }
}

package org.facteur.platform.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One environment variable: everything that a person needs to set it, and how its text becomes a value.
 *
 * @param name such as {@code FACTEUR_SMTP_PORT}
 * @param defaultText the default in the same form as the environment gives it; empty when there is none
 * @param accepted what is accepted, for error messages: "a port, 0 to 65535"
 * @param meaning one sentence
 * @param parse text to value; fails with IllegalArgumentException on anything not accepted
 */
public record Setting<T>(String name, String defaultText, String accepted, String meaning, Function<String, T> parse) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([KMG]?)");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /** A text of any form. */
    public static Setting<String> text(String name, String defaultText, String meaning) {
        return new Setting<>(name, defaultText, "text", meaning, Function.identity());
    }

    /** A TCP port; 0 lets the system choose. */
    public static Setting<Integer> port(String name, int defaultPort, String meaning) {
        return number(name, defaultPort, 0, 65535, "a port, 0 to 65535", meaning);
    }

    /** A whole number within bounds. */
    public static Setting<Integer> number(String name, int defaultNumber, int least, int most, String meaning) {
        return number(name, defaultNumber, least, most, "a whole number, " + least + " to " + most, meaning);
    }

    private static Setting<Integer> number(
            String name, int defaultNumber, int least, int most, String accepted, String meaning) {
        return new Setting<>(name, Integer.toString(defaultNumber), accepted, meaning, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    /** Octets, with an optional K, M or G (powers of 1,024). */
    public static Setting<Long> size(String name, String defaultText, String meaning) {
        return new Setting<>(name, defaultText, "octets, such as 52428800, 512K or 50M", meaning, Setting::parseSize);
    }

    /** A length of time: a number with ms, s, m, h or d. */
    public static Setting<Duration> duration(String name, String defaultText, String meaning) {
        return new Setting<>(
                name, defaultText, "a duration, such as 500ms, 20s, 5m, 2h or 7d", meaning, Setting::duration);
    }

    /** A path of the file system; empty when there is no default. */
    public static Setting<Path> path(String name, String defaultText, String meaning) {
        return new Setting<>(name, defaultText, "a path", meaning, text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    /** One of the constants of an enum, written in lower case with hyphens. */
    public static <E extends Enum<E>> Setting<E> choice(String name, Class<E> type, E defaultChoice, String meaning) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Setting::word).toList();
        return new Setting<>(name, word(defaultChoice), String.join(" or ", words), meaning, text -> {
            int index = words.indexOf(text);
            if (index < 0) {
                throw new IllegalArgumentException(text);
            }
            return type.getEnumConstants()[index];
        });
    }

    /** Comma-separated items; an empty text is an empty list. */
    public static <T> Setting<List<T>> list(
            String name, String defaultText, String accepted, String meaning, Function<String, T> parseItem) {
        return new Setting<>(
                name,
                defaultText,
                accepted,
                meaning,
                text -> text.isBlank()
                        ? List.of()
                        : Arrays.stream(text.split(","))
                                .map(String::strip)
                                .map(parseItem)
                                .toList());
    }

    /** The same setting with another default: the standalone run's ports differ from a container's. */
    public Setting<T> withDefault(String otherDefault) {
        return new Setting<>(name, otherDefault, accepted, meaning, parse);
    }

    /** Reads a duration such as {@code 20s}; fails with IllegalArgumentException. */
    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static long parseSize(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        int shift =
                switch (matcher.group(2)) {
                    case "K" -> 10;
                    case "M" -> 20;
                    case "G" -> 30;
                    default -> 0;
                };
        return Long.parseLong(matcher.group(1)) << shift;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package org.facteur.mail.mime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code *(";" attribute "=" value)} (RFC 2045 section 5.1) in one pass, whatever the text is. */
final class ParameterParser {
    /** Most parameters that one field may have; what follows is left out. */
    private static final int MAX = 100;

    private final String text;
    private int pos;
    private boolean continued;

    ParameterParser(String text, int from) {
        this.text = text;
        this.pos = from;
    }

    List<Parameter> parse() {
        List<Parameter> found = new ArrayList<>(2);
        while (pos < text.length() && found.size() < MAX) {
            int start = pos;
            while (pos < text.length() && text.charAt(pos) != '=' && text.charAt(pos) != ';') {
                pos++;
            }
            String name = text.substring(start, pos).strip();
            boolean hasValue = pos < text.length() && text.charAt(pos++) == '=';
            if (hasValue) {
                String value = value();
                if (!name.isEmpty()) {
                    found.add(new Parameter(name.toLowerCase(Locale.ROOT), value));
                    continued |= name.indexOf('*') > 0;
                }
            }
        }
        return continued ? join(found) : List.copyOf(found);
    }

    private String value() {
        while (pos < text.length() && (text.charAt(pos) == ' ' || text.charAt(pos) == '\t')) {
            pos++;
        }
        if (pos < text.length() && text.charAt(pos) == '"') {
            String quoted = quoted();
            pos = endOfParameter() + 1;
            return quoted;
        }
        int end = endOfParameter();
        String value = text.substring(pos, end);
        pos = end + 1;
        int comment = value.indexOf(" (");
        return (comment < 0 ? value : value.substring(0, comment)).strip();
    }

    private int endOfParameter() {
        int semicolon = text.indexOf(';', pos);
        return semicolon < 0 ? text.length() : semicolon;
    }

    private String quoted() {
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
            content.append(c);
        }
        return content.toString();
    }

    /** Puts {@code name*0}, {@code name*1*} … together at the place of their first. */
    private static List<Parameter> join(List<Parameter> found) {
        Map<String, TreeMap<Integer, Parameter>> pieces = new LinkedHashMap<>();
        for (Parameter parameter : found) {
            int star = parameter.name().indexOf('*');
            int section = star < 0 ? -1 : section(parameter.name().substring(star + 1));
            String base = section < 0 ? parameter.name() : parameter.name().substring(0, star) + "*n";
            pieces.computeIfAbsent(base, name -> new TreeMap<>()).putIfAbsent(Math.max(section, 0), parameter);
        }
        List<Parameter> joined = new ArrayList<>();
        pieces.forEach((base, sections) -> joined.add(
                base.endsWith("*n") ? concatenate(base.substring(0, base.length() - 2), sections) : sections.get(0)));
        return List.copyOf(joined);
    }

    /** Number of {@code 0}, {@code 1*} …; -1 for anything else, such as the empty text behind {@code name*}. */
    private static int section(String text) {
        String digits = text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(digits);
    }

    private static Parameter concatenate(String name, TreeMap<Integer, Parameter> sections) {
        boolean extended =
                sections.values().stream().anyMatch(piece -> piece.name().endsWith("*"));
        StringBuilder value = new StringBuilder();
        for (Parameter piece : sections.values()) {
            boolean encoded = piece.name().endsWith("*");
            if (extended && !encoded && value.length() == 0) {
                value.append("''");
            }
            value.append(extended && !encoded ? Percent.encode(piece.value()) : piece.value());
        }
        return new Parameter(extended ? name + "*" : name, value.toString());
    }
}

package org.facteur.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A list of {@code name=value} tags (RFC 6376 section 3.2), as in signatures, key records and DMARC records. Names are
 * case-sensitive and occur once. Values may hold UTF-8 (RFC 8616 section 3).
 *
 * <pre>
 * tag-list  = tag-spec *( ";" tag-spec ) [ ";" ]
 * tag-spec  = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
 * tag-name  = ALPHA *ALNUMPUNC
 * </pre>
 */
public final class TagList {
    /**
     * One tag.
     *
     * @param value without white space around it; folding inside is kept
     * @param start where the text behind the equals sign begins in the bytes that were read
     * @param end where it ends: at the semicolon, or at the end of the list
     */
    public record Tag(String name, String value, int start, int end) {}

    private static final long LARGEST = 99_999_999_999_999_999L;

    private final Map<String, Tag> tags;

    private TagList(Map<String, Tag> tags) {
        this.tags = tags;
    }

    /** Reads a list; fails where it breaks the grammar, which makes the whole list invalid. */
    public static TagList parse(String text) throws TagSyntaxException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parse(bytes, 0, bytes.length);
    }

    /** Reads a list from {@code bytes[from, to)}. */
    public static TagList parse(byte[] bytes, int from, int to) throws TagSyntaxException {
        Map<String, Tag> tags = new LinkedHashMap<>();
        int i = skipSpace(bytes, from, to);
        while (i < to) {
            int nameStart = i;
            while (i < to && isNameByte(bytes[i], i == nameStart)) {
                i++;
            }
            if (i == nameStart) {
                throw new TagSyntaxException("a tag has no valid name");
            }
            String name = new String(bytes, nameStart, i - nameStart, StandardCharsets.US_ASCII);
            i = skipSpace(bytes, i, to);
            if (i == to || bytes[i] != '=') {
                throw new TagSyntaxException("tag " + name + " has no value");
            }
            int start = ++i;
            i = valueEnd(bytes, i, to, name);
            if (tags.put(name, new Tag(name, text(bytes, start, i), start, i)) != null) {
                throw new TagSyntaxException("tag " + name + "= occurs twice");
            }
            i = i < to ? skipSpace(bytes, i + 1, to) : i;
        }
        return new TagList(tags);
    }

    /** All tags in their order. */
    public List<Tag> all() {
        return List.copyOf(tags.values());
    }

    /** The tag of that name. */
    public Optional<Tag> tag(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    /** The value of that tag. */
    public Optional<String> value(String name) {
        return tag(name).map(Tag::value);
    }

    /** The value of a tag that must be there and not be empty. */
    public String required(String name) throws TagSyntaxException {
        Tag tag = tags.get(name);
        if (tag == null || tag.value.isEmpty()) {
            throw new TagSyntaxException("tag " + name + "= is missing");
        }
        return tag.value;
    }

    /** A number of at most 17 digits; larger ones are cut to that, none of them makes a difference. */
    public OptionalLong number(String name) throws TagSyntaxException {
        Tag tag = tags.get(name);
        if (tag == null) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < tag.value.length(); i++) {
            char c = tag.value.charAt(i);
            if (c < '0' || c > '9') {
                throw new TagSyntaxException("tag " + name + "= is no number");
            }
            number = Math.min(LARGEST, number * 10 + c - '0');
        }
        if (tag.value.isEmpty()) {
            throw new TagSyntaxException("tag " + name + "= is no number");
        }
        return OptionalLong.of(number);
    }

    /** Base64 with white space anywhere, of a tag that must be there. */
    public byte[] base64(String name) throws TagSyntaxException {
        try {
            return Base64.getDecoder().decode(withoutSpace(required(name)));
        } catch (IllegalArgumentException e) {
            throw new TagSyntaxException("tag " + name + "= is no base64");
        }
    }

    /** A list of words with colons between them and white space around them, such as h= and t=; empty without the tag. */
    public List<String> words(String name) {
        Tag tag = tags.get(name);
        return tag == null || tag.value.isEmpty()
                ? List.of()
                : List.of(withoutSpace(tag.value).split(":", -1));
    }

    static String withoutSpace(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String text(byte[] bytes, int start, int end) {
        int first = skipSpace(bytes, start, end);
        int last = end;
        while (last > first && isSpace(bytes[last - 1])) {
            last--;
        }
        return new String(bytes, first, last - first, StandardCharsets.UTF_8);
    }

    private static int valueEnd(byte[] bytes, int from, int to, String name) throws TagSyntaxException {
        int i = from;
        for (; i < to && bytes[i] != ';'; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && !isSpace(bytes[i]) || bytes[i] == 127) {
                throw new TagSyntaxException("tag " + name + "= has a control character");
            }
        }
        return i;
    }

    private static int skipSpace(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && isSpace(bytes[i])) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static boolean isNameByte(byte b, boolean first) {
        boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
        return letter || !first && (b >= '0' && b <= '9' || b == '_');
    }
}

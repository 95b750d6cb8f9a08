package org.facteur.mail.arc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.TagSyntaxException;

/**
 * What a sealer found and recorded in its ARC-Authentication-Results field (RFC 8617 section 4.1.1, RFC 8601 section 2.2).
 * Comments, versions and what cannot be read are left out.
 *
 * @param authservId who says so, in lower case
 * @param results in the order of the field
 */
public record RecordedResults(String authservId, List<MethodResult> results) {
    /**
     * The result of one method.
     *
     * @param method in lower case, such as {@code dmarc}
     * @param result in lower case, such as {@code pass}
     * @param properties by their names in lower case, such as {@code header.from}; values as written, unquoted
     */
    public record MethodResult(String method, String result, Map<String, String> properties) {
        /** A property; empty where it is not told. */
        public Optional<String> property(String name) {
            return Optional.ofNullable(properties.get(name));
        }

        /** The domain that a property names, be it one or an address, in lower case. */
        public Optional<String> domain(String property) {
            return property(property)
                    .map(value -> value.substring(value.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
        }
    }

    /** Reads the field of a set. */
    public static RecordedResults of(RawField field) {
        List<List<String>> parts = ResultsText.parts(field.value(), ResultsText.ALL);
        String authservId =
                parts.size() > 1 && !parts.get(1).isEmpty() ? parts.get(1).get(0) : "";
        List<MethodResult> results = new ArrayList<>();
        parts.stream().skip(2).forEach(words -> result(words).ifPresent(results::add));
        return new RecordedResults(authservId.toLowerCase(Locale.ROOT), List.copyOf(results));
    }

    /** The number in front: {@code instance [CFWS] ";" authres-payload}. */
    static int instance(RawField field) throws TagSyntaxException {
        List<List<String>> parts = ResultsText.parts(field.value(), 1);
        if (parts.size() < 2 || parts.get(0).size() != 1 || !parts.get(0).get(0).startsWith("i=")) {
            throw new TagSyntaxException("i= and a semicolon do not come first");
        }
        return ArcTags.instance(parts.get(0).get(0).substring(2));
    }

    private static Optional<MethodResult> result(List<String> words) {
        int equals = words.isEmpty() ? -1 : words.get(0).indexOf('=');
        if (equals < 1) {
            return Optional.empty();
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            int at = word.indexOf('=');
            if (at > 0) {
                properties.putIfAbsent(word.substring(0, at).toLowerCase(Locale.ROOT), word.substring(at + 1));
            }
        }
        String method = words.get(0).substring(0, equals).toLowerCase(Locale.ROOT);
        int version = method.indexOf('/');
        return Optional.of(new MethodResult(
                version < 0 ? method : method.substring(0, version),
                words.get(0).substring(equals + 1).toLowerCase(Locale.ROOT),
                properties));
    }
}

package org.facteur.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.header.EncodedWord;
import org.facteur.mail.header.MailCharset;

/**
 * The parameters of a Content-Type or Content-Disposition field.
 *
 * @param list in the order of the field, continuations joined
 */
public record Parameters(List<Parameter> list) {
    /** No parameters. */
    public static final Parameters NONE = new Parameters(List.of());

    /** Keeps a copy of the list. */
    public Parameters {
        list = List.copyOf(list);
    }

    /** Parses what stands behind the first semicolon of a field's value of one character per octet. */
    static Parameters parse(String value, int from) {
        return from >= value.length() ? NONE : new Parameters(new ParameterParser(value, from).parse());
    }

    /** Value of one character per octet, as the field has it; never percent-decoded. */
    public Optional<String> octets(String name) {
        for (Parameter parameter : list) {
            if (parameter.name().equals(name)) {
                return Optional.of(parameter.value());
            }
        }
        return Optional.empty();
    }

    /** Value as text for people: extended values decoded (RFC 2231), and encoded words, which programs put here against RFC 2047. */
    public Optional<String> text(String name) {
        Optional<String> extended = octets(name + "*");
        return extended.isPresent()
                ? extended.map(Percent::decode)
                : octets(name)
                        .map(value -> MailCharset.decode(value.getBytes(StandardCharsets.ISO_8859_1), ""))
                        .map(EncodedWord::decode);
    }
}

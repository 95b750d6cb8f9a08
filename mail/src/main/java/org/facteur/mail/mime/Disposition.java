package org.facteur.mail.mime;

import java.util.Locale;
import java.util.Optional;

/**
 * Value of a Content-Disposition field (RFC 2183).
 *
 * @param type {@code inline}, {@code attachment} or another, lower case
 * @param parameters filename and others
 */
public record Disposition(String type, Parameters parameters) {
    /** Parses an unfolded value of one character per octet; empty when it has no type. */
    public static Optional<Disposition> parse(String value) {
        int semicolon = value.indexOf(';');
        String type = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Parameters parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(value, semicolon + 1);
        return Optional.of(new Disposition(type.toLowerCase(Locale.ROOT), parameters));
    }
}

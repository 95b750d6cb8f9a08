package org.facteur.mail.address;

/** Syntax of the local part: {@code Dot-string / Quoted-string} (RFC 5321 section 4.1.2). */
final class LocalPart {
    private LocalPart() {}

    /** Index of the {@code @} behind the local part at the start of the text, or -1 when there is no local part. */
    static int end(String text) {
        if (!text.startsWith("\"")) {
            int at = text.indexOf('@');
            return at > 0 && dotString(text, at) ? at : -1;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Content of a quoted string; a text without quotes is its own content. */
    static String unquote(String text) {
        if (!text.startsWith("\"")) {
            return text;
        }
        String inner = text.substring(1, text.length() - 1);
        if (inner.indexOf('\\') < 0) {
            return inner;
        }
        StringBuilder content = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            content.append(c == '\\' && i + 1 < inner.length() ? inner.charAt(++i) : c);
        }
        return content.toString();
    }

    /** The shortest form on the wire: as it is when it is a Dot-string, quoted otherwise. */
    static String quote(String content) {
        if (dotString(content, content.length())) {
            return content;
        }
        return '"' + content.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Whether a content can be written: not empty, no control characters, no lone surrogate. */
    static boolean valid(String content) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c < ' ' || (c >= 0x7f && c <= 0x9f)) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == content.length()
                        || !Character.isLowSurrogate(content.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return !content.isEmpty();
    }

    private static boolean dotString(String text, int to) {
        boolean dot = true;
        for (int i = 0; i < to; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (dot) {
                    return false;
                }
                dot = true;
            } else if (Ascii.atext(c)) {
                dot = false;
            } else {
                return false;
            }
        }
        return !dot;
    }
}

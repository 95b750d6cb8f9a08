package org.facteur.imap.store;

import java.util.Optional;

/**
 * Where a MIME part lies in the octets of its message, and how its text is read.
 *
 * @param headerStart first octet of its header
 * @param bodyStart first octet after the empty line that ends its header
 * @param end first octet after it
 * @param type media type in lower case, such as {@code text/plain}
 * @param charset of a text, as its header names it; empty where it does not
 * @param encoding content transfer encoding, in lower case
 * @param message the message in a message/rfc822 part; for the whole message the message itself
 */
public record Part(
        long headerStart,
        long bodyStart,
        long end,
        String type,
        String charset,
        String encoding,
        Optional<Part> message) {}

package org.facteur.mail.mime;

/**
 * One parameter of a MIME field, continuations joined (RFC 2231 section 3).
 *
 * @param name lower case; it ends in {@code *} when the value is percent-encoded with charset and language (RFC 2231 section 4)
 * @param value quoting removed, one character per octet
 */
public record Parameter(String name, String value) {}

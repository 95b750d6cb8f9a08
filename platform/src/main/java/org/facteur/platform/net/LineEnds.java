package org.facteur.platform.net;

/** What ends a line besides CRLF. */
public enum LineEnds {
    /** Nothing: a CR or LF of its own makes the line malformed (SMTP, RFC 5321 section 2.3.8). */
    CRLF_ONLY,
    /** A LF of its own ends a line too; a CR of its own belongs to the line (IMAP and POP3 clients typed by hand). */
    CRLF_OR_LF
}

package org.facteur.imap.session;

/** What a client switches on, by ENABLE or by use, because responses differ then. */
public enum Feature {
    /** IMAP4rev2 responses: UTF-8 mailbox names, ESEARCH instead of SEARCH (RFC 9051 section 6.3.1). */
    IMAP4REV2,
    /** MODSEQ in FETCH responses (RFC 7162 section 3.1). */
    CONDSTORE
}

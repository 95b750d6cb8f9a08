/**
 * The IMAP server: IMAP4rev2 (RFC 9051) and IMAP4rev1 (RFC 3501). It reads mailboxes by read-only SQL and changes them by
 * commands over Kafka. Start with {@link org.facteur.imap.ImapGateway}; what happens on one connection is in
 * {@link org.facteur.imap.session}, each command has a file in {@link org.facteur.imap.command}.
 */
package org.facteur.imap;

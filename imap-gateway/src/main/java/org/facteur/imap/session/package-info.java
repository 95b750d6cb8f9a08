/**
 * One client: {@link org.facteur.imap.session.CommandLoop} turns lines into commands and outcomes into responses,
 * {@link org.facteur.imap.session.ImapSession} is who the client is and what it has selected.
 */
package org.facteur.imap.session;

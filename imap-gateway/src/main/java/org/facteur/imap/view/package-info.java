/**
 * A selected mailbox as clients see it: one {@link org.facteur.imap.view.MailboxView} for all sessions that have it selected,
 * and for each session the {@link org.facteur.imap.view.Snapshot} that its sequence numbers refer to.
 */
package org.facteur.imap.view;

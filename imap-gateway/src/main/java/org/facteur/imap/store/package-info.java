/**
 * What the gateway asks of the mailbox store, in the gateway's own terms: {@link org.facteur.imap.store.Mailboxes}. Reads go
 * to the database, changes go as commands over Kafka.
 */
package org.facteur.imap.store;

/**
 * What a gateway may see of the mailbox store: reads over SQL ({@link org.facteur.mailbox.api.MailboxReads}, a log-in that can
 * only SELECT) and changes as commands over Kafka ({@link org.facteur.mailbox.api.MailboxCommands}).
 */
package org.facteur.mailbox.api;

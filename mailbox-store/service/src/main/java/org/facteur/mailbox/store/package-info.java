/**
 * The only writer of mailboxes. Start with {@link org.facteur.mailbox.store.MailboxStore}. Deliveries: {@code DeliveryStage}
 * prepares messages, {@code Deliveries} writes them, the place that assigns UIDs. Commands: package {@code command}, one file
 * each.
 */
package org.facteur.mailbox.store;

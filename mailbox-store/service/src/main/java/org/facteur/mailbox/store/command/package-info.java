/**
 * The commands of mailbox.commands, one file each. {@link org.facteur.mailbox.store.command.Commands} is their table; a command
 * runs within one transaction and leaves in its {@link org.facteur.mailbox.store.command.Scope} what is to be told after it.
 */
package org.facteur.mailbox.store.command;

/**
 * The commands of IMAP, one file each: the record of its arguments, how they are read, and what it does. The table of them is
 * {@link org.facteur.imap.command.ImapCommands}.
 */
package org.facteur.imap.command;

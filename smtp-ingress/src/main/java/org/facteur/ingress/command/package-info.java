/**
 * The commands of SMTP, one file each, named by the verb. {@link org.facteur.ingress.command.SmtpCommands} is their table.
 */
package org.facteur.ingress.command;

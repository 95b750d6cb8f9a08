/**
 * The SMTP server. Start with {@link org.facteur.ingress.SmtpIngress} (listeners), then
 * {@link org.facteur.ingress.SmtpSession} (the loop) and the table {@link org.facteur.ingress.command.SmtpCommands}; each
 * command is one file of package {@code command}. {@link org.facteur.ingress.MxAcceptance} and
 * {@link org.facteur.ingress.SubmissionAcceptance} make a message durable.
 */
package org.facteur.ingress;

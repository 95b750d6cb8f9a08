/**
 * MIME structure of messages as IMAP needs it. {@link org.facteur.mail.mime.MessageStructure} parses a message once, at
 * delivery; from it come the wire-ready {@link org.facteur.mail.mime.ImapEnvelope} and
 * {@link org.facteur.mail.mime.ImapBodyStructure}, and the {@link org.facteur.mail.mime.PartIndex} that answers every later
 * question about a section without parsing the message again.
 */
package org.facteur.mail.mime;

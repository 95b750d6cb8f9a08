/**
 * Protocol text to values and back: bytes to commands ({@link org.facteur.imap.syntax.CommandReader}), a command's arguments
 * ({@link org.facteur.imap.syntax.Arguments}), and responses ({@link org.facteur.imap.syntax.Wire}). Knows no command.
 */
package org.facteur.imap.syntax;

/**
 * The server side of line protocols (SMTP, IMAP, POP3) on Vert.x: listeners, TLS, the PROXY protocol, limits and
 * back-pressure. It knows bytes and lines, and no protocol.
 *
 * <p>Start at {@link org.facteur.platform.net.LineServer}: it makes a {@link org.facteur.platform.net.Connection} of
 * each socket and asks the service for a {@link org.facteur.platform.net.Session} to go with it.
 */
package org.facteur.platform.net;

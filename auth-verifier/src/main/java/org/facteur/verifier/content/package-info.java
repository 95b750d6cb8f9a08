/**
 * Programs of others that look at the content of a message: rspamd and clamd. {@link org.facteur.verifier.content.Scans} asks
 * them, {@link org.facteur.verifier.content.Scanner} is what one of them is, {@link org.facteur.verifier.content.Breaker} keeps
 * a dead one from costing anything, {@link org.facteur.verifier.content.ContentPolicy} decides. What they do not say never
 * holds mail back.
 */
package org.facteur.verifier.content;

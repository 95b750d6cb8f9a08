/**
 * DMARC (RFC 9989, reading records written for RFC 7489): is the domain in From backed by SPF or DKIM, and if not, what does
 * its owner ask for? Start with {@link org.facteur.verifier.dmarc.Dmarc}; {@link org.facteur.verifier.dmarc.TreeWalk} finds
 * organizational domains, {@link org.facteur.verifier.dmarc.AuthorDomains} reads From.
 */
package org.facteur.verifier.dmarc;

/** What ARC chains (RFC 8617) mean here: who is trusted, and when a chain makes up for a DMARC failure. */
package org.facteur.verifier.arc;

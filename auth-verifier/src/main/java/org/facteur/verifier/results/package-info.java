/** The Authentication-Results field (RFC 8601): ours is written, and arriving ones that claim to be ours are removed. */
package org.facteur.verifier.results;

/**
 * The Authenticated Received Chain (RFC 8617) as pure functions over message bytes. Start with
 * {@link org.facteur.mail.arc.ArcVerifier} to validate the chain of a message and {@link org.facteur.mail.arc.ArcSealer} to add
 * a set to it; {@link org.facteur.mail.arc.RecordedResults} reads what a sealer found. Canonicalization, tags and keys are those
 * of {@link org.facteur.mail.dkim}.
 */
package org.facteur.mail.arc;

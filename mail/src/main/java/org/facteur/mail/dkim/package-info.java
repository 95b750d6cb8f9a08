/**
 * DKIM (RFC 6376 with RFC 8301 and RFC 8463) as pure functions over message bytes. Start with
 * {@link org.facteur.mail.dkim.DkimVerifier} to check signatures and {@link org.facteur.mail.dkim.DkimSigner} to make them;
 * both hash a body once, by {@link org.facteur.mail.dkim.BodyHasher}, however many signatures there are.
 */
package org.facteur.mail.dkim;

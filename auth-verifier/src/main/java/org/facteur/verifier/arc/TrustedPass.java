package org.facteur.verifier.arc;

/**
 * What makes up for a DMARC failure: from this set on all seals are of trusted domains, and the set recorded that the author's
 * domain was authentic then.
 *
 * @param instance of the set
 * @param sealer d= of its seal
 * @param evidence what it recorded: {@code dmarc=pass}, or {@code spf or dkim aligned} where it told no DMARC result
 */
public record TrustedPass(int instance, String sealer, String evidence) {}

package org.facteur.verifier.spf;

/**
 * The outcome of a check.
 *
 * @param domain the domain that was checked, in A-labels; empty where the identity has none
 * @param mailFrom whether it is the reverse-path's domain; else it is HELO's
 * @param reason why, in a few words of ASCII; empty for a plain result
 * @param explanation what the domain tells the sender about a fail (exp=); empty where it says nothing
 */
public record SpfResult(SpfStatus status, String domain, boolean mailFrom, String reason, String explanation) {}

package org.facteur.mail.record;

/**
 * One recipient after resolution in the directory. One RCPT command may give several (an alias with several targets).
 *
 * @param original the forward-path as the client gave it, without source route
 * @param target the account's address (local) or the address to forward to (remote), normalized
 * @param local whether the target is an account of this platform
 */
public record Recipient(String original, String target, boolean local) {}

package org.facteur.mail.dkim;

/**
 * The SHA-256 of a canonical body.
 *
 * @param sha256 32 octets
 * @param hashed octets that went into it: all, or as many as the limit allows
 * @param length octets of the whole canonical body
 */
public record BodyHash(byte[] sha256, long hashed, long length) {}

package org.facteur.platform.dns;

/**
 * One TLSA record (RFC 6698 section 2.1): what the certificate of a TLS server must match.
 *
 * @param usage 0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE
 * @param selector 0 the full certificate, 1 its public key
 * @param matchingType 0 exact, 1 SHA-256, 2 SHA-512
 * @param data what is compared; not to be changed
 */
public record TlsaRecord(int usage, int selector, int matchingType, byte[] data) {}

package org.facteur.platform.dns;

/** The record types that {@link Dns} asks for, by their names in zone files. */
public enum RecordType {
    /** Text strings. */
    TXT,
    /** Mail exchangers. */
    MX,
    /** IPv4 addresses. */
    A,
    /** IPv6 addresses. */
    AAAA,
    /** Names of addresses. */
    PTR,
    /** Certificates of TLS servers. */
    TLSA
}

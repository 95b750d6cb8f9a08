package org.facteur.platform.net;

/** When a listener speaks TLS. */
public enum TlsMode {
    /** Never. */
    NONE,
    /** When the session asks for it (RFC 3207, RFC 9051 section 6.2.1). */
    STARTTLS,
    /** From the first octet (RFC 8314 section 3). */
    IMPLICIT
}

package org.facteur.platform.net;

/**
 * What was agreed upon in a TLS handshake.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipher suite by its standard name, such as {@code TLS_AES_256_GCM_SHA384}
 */
public record Tls(String protocol, String cipher) {}

package org.facteur.mail.dkim;

import java.security.PrivateKey;

/**
 * A key to sign with.
 *
 * @param domain d=, in lower-case A-labels
 * @param selector s=
 * @param algorithm a=, must fit the key
 * @param key of the JDK's "RSA" or "Ed25519"
 */
public record DkimSigningKey(String domain, String selector, DkimAlgorithm algorithm, PrivateKey key) {}

/** Sealing of private keys and hashing of passwords. */
package org.facteur.platform.security;

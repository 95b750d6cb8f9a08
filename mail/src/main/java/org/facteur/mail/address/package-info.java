/**
 * Addresses: {@link org.facteur.mail.address.EmailAddress} and {@link org.facteur.mail.address.ReversePath} as the SMTP
 * envelope carries them (RFC 5321), and {@link org.facteur.mail.address.AddressList} as header fields carry them (RFC 5322).
 */
package org.facteur.mail.address;

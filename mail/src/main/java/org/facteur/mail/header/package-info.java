/**
 * Header fields of a message or of a MIME part. Start with {@link org.facteur.mail.header.HeaderFields}: it indexes a header
 * in place, without a copy. {@link org.facteur.mail.header.HeaderBuilder} writes the fields that the platform makes itself.
 */
package org.facteur.mail.header;

/**
 * Mail as data: addresses, header fields, MIME structure, DKIM and the records on the topics. Nothing here does I/O.
 */
package org.facteur.mail;

/**
 * Message bodies too large for a record, under their SHA-256. {@link org.facteur.platform.body.BodyStore} is what services see;
 * a directory and an object store are the two that there are.
 */
package org.facteur.platform.body;

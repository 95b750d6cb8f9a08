/** Message bodies too large for a record, under their SHA-256. */
package org.facteur.platform.body;

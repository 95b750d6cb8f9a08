/**
 * The directory as every service sees it: local views over the compacted topics, and pure resolution of recipients.
 */
package org.facteur.platform.directory;

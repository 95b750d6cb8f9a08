/** The deferred queue in PostgreSQL: smtp-egress works on it, admin shows and steers it. */
package org.facteur.platform.queue;

/** Tests of the deferred queue against PostgreSQL. */
package org.facteur.platform.queue;

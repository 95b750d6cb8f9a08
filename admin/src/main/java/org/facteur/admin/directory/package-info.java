/** The directory's rows in PostgreSQL, and the outbox that carries every change to the topics. */
package org.facteur.admin.directory;

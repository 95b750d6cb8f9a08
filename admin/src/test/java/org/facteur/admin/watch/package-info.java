/** Tests of what admin tells of Kafka, PostgreSQL and the directory. */
package org.facteur.admin.watch;

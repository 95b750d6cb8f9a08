/**
 * Kafka and PostgreSQL for a run without any other installation: a broker inside this JVM, and a PostgreSQL server as
 * a process beside it. Start with {@link org.facteur.embedded.EmbeddedKafka} and
 * {@link org.facteur.embedded.EmbeddedPostgresServer}.
 */
package org.facteur.embedded;

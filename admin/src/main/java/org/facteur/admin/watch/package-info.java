/**
 * What admin tells of the things that all services share: Kafka and what waits in it ({@link
 * org.facteur.admin.watch.KafkaWatch}), PostgreSQL ({@link org.facteur.admin.watch.PostgresWatch}), the directory ({@link
 * org.facteur.admin.watch.DirectoryMetrics}). Nothing else waits for a watch.
 */
package org.facteur.admin.watch;

/**
 * Every consumer and producer of the project: {@link org.facteur.platform.kafka.Stage} (record by record, or by batches),
 * {@link org.facteur.platform.kafka.Replies} (request and reply), tables and broadcasts (no group), and
 * {@link org.facteur.platform.kafka.RecordProducer}. Start with {@link org.facteur.platform.kafka.KafkaConnection}; the
 * heart is {@link org.facteur.platform.kafka.Lane}, the work of a stage on one partition.
 */
package org.facteur.platform.kafka;

/**
 * Every consumer and producer of the project: {@link org.facteur.platform.kafka.Stage} (record by record),
 * {@link org.facteur.platform.kafka.BatchStage} (whatever has arrived), {@link org.facteur.platform.kafka.Replies}
 * (request and reply) and {@link org.facteur.platform.kafka.RecordProducer}. Start with
 * {@link org.facteur.platform.kafka.KafkaConnection}.
 */
package org.facteur.platform.kafka;

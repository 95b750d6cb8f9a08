/**
 * The records on the topics, as data. Start with {@link org.facteur.mail.record.Topic}: it lists every topic with its key,
 * value, writers and readers. A mail record is an envelope (JSON, in the Kafka header {@code envelope}) and a
 * {@link org.facteur.mail.record.Body}; every other record is one JSON document.
 */
package org.facteur.mail.record;

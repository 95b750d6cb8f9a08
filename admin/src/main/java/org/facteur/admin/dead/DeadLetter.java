package org.facteur.admin.dead;

import java.time.Instant;

/**
 * A record that can never succeed, as a person sees it.
 *
 * @param id topic, partition and offset that it came from
 * @param stage the stage that gave it up
 * @param cause why, in words
 * @param octets of its value
 */
public record DeadLetter(String id, Instant at, String stage, String cause, String topic, String key, long octets) {}

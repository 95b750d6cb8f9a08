package org.facteur.platform.kafka;

import io.vertx.core.Future;

/**
 * A running stage, record by record or by batches: made by {@link KafkaConnection#stage} and
 * {@link KafkaConnection#batchStage}. Handlers run on the Vert.x context that made the stage.
 */
public interface Stage {
    /** Subscribes and begins to read; completes when partitions are assigned. */
    Future<Void> start();

    /** Stops reading, lets what is in flight finish, commits, closes. */
    Future<Void> stop();
}

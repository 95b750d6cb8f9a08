package org.facteur.platform.kafka;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.facteur.mail.record.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing; those that exist are left as they are. Blocks: for a worker thread. */
final class TopicCreation {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final KafkaSettings settings;
    private volatile boolean cancelled;

    TopicCreation(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Tries until it succeeds or {@link #cancel} is called. */
    void run() throws InterruptedException {
        for (int failures = 0; !cancelled; ) {
            try (Admin admin = Admin.create(ClientProperties.admin(settings, "facteur-topics"))) {
                createMissing(admin);
                return;
            } catch (ExecutionException | KafkaException e) {
                if (failures++ == 0) {
                    LOG.warn("Kafka at {} cannot create topics yet: {}", settings.bootstrap(), e.getMessage());
                }
                Thread.sleep(BACKOFF.millisAfter(failures));
            }
        }
        throw new KafkaException("closed before the topics were created");
    }

    void cancel() {
        cancelled = true;
    }

    private void createMissing(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> there = admin.listTopics().names().get();
        List<NewTopic> missing = Arrays.stream(Topic.values())
                .filter(topic -> !there.contains(topic.topicName()))
                .map(topic -> Topics.create(topic, settings))
                .toList();
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) { // another service was quicker
                    throw e;
                }
            }
        }
    }
}

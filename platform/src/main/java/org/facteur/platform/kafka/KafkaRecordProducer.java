package org.facteur.platform.kafka;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link RecordProducer} over Kafka's producer, whose send blocks when it does not know the topic or its memory is full. Here
 * neither can happen on an event loop: a topic is looked up on a worker thread before its first record, and records over
 * {@value #MOST_OUTSTANDING} octets without acknowledgement wait in a queue, which is bounded as well.
 */
final class KafkaRecordProducer implements RecordProducer {
    private static final Logger LOG = LoggerFactory.getLogger(RecordProducer.class);
    private static final long MOST_OUTSTANDING = 8 << 20;
    private static final long MOST_WAITING = 64 << 20;
    private static final long OVERHEAD = 200;

    private final WorkerExecutor workers;
    private final String name;
    private final Completions completions;
    private final Counter failures;
    private final KafkaProducer<String, byte[]> producer;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final AtomicBoolean outage = new AtomicBoolean();
    private final Deque<Item> queue = new ArrayDeque<>();
    private long outstanding;
    private long waiting;

    private record Item(
            ProducerRecord<String, byte[]> record, long size, long deadline, Completions.Waiter<Void> waiter) {}

    KafkaRecordProducer(
            KafkaSettings settings,
            String name,
            int batch,
            Duration linger,
            WorkerExecutor workers,
            Completions completions,
            Counter failures) {
        this.workers = workers;
        this.name = name;
        this.completions = completions;
        this.failures = failures;
        producer = new KafkaProducer<>(
                ClientProperties.producer(settings, name, batch, linger),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public Future<Void> send(ProducerRecord<String, byte[]> record) {
        Completions.Waiter<Void> waiter = completions.waiter();
        Item item =
                new Item(record, size(record), System.nanoTime() + ClientProperties.DELIVERY_TIMEOUT.toNanos(), waiter);
        routes.computeIfAbsent(record.topic(), this::lookUp).take(item);
        return waiter.promise().future();
    }

    @Override
    public Future<Void> close() {
        return workers.executeBlocking(
                () -> {
                    producer.close(ClientProperties.DELIVERY_TIMEOUT);
                    return null;
                },
                false);
    }

    /** Finds the topic's partitions, within the delivery timeout; after a failure the next record looks again. */
    private Route lookUp(String topic) {
        Route route = new Route();
        workers.executeBlocking(() -> partitions(topic), false)
                .onSuccess(route::found)
                .onFailure(cause -> {
                    routes.remove(topic);
                    route.lost(cause);
                });
        return route;
    }

    /** The way to a topic. What is sent while the topic is looked up goes before everything that is sent later. */
    private final class Route {
        private final Deque<Item> early = new ArrayDeque<>();
        private long earlySize;
        private volatile int partitions;
        private volatile Throwable failure;

        private void take(Item item) {
            if (partitions == 0 && isEarly(item)) {
                return;
            }
            if (partitions > 0) {
                offer(item, partitions);
            } else {
                failed(item, failure == null ? tooMuch() : failure);
            }
        }

        private synchronized boolean isEarly(Item item) {
            if (partitions > 0 || failure != null || earlySize + item.size > MOST_WAITING) {
                return false;
            }
            earlySize += item.size;
            return early.add(item);
        }

        private synchronized void found(int count) {
            Item item;
            while ((item = early.poll()) != null) {
                offer(item, count);
            }
            partitions = count;
        }

        private void lost(Throwable cause) {
            synchronized (this) {
                failure = cause;
            }
            early.forEach(item -> failed(item, cause));
        }
    }

    private int partitions(String topic) {
        long end = System.nanoTime() + ClientProperties.DELIVERY_TIMEOUT.toNanos();
        while (true) {
            try {
                return producer.partitionsFor(topic).size();
            } catch (org.apache.kafka.common.errors.TimeoutException e) {
                if (System.nanoTime() - end >= 0) {
                    throw e;
                }
            }
        }
    }

    private void offer(Item item, int partitions) {
        Integer partition = item.record.partition();
        if (partition != null && partition >= partitions) {
            failed(item, new PermanentFailure(item.record.topic() + " has no partition " + partition));
            return;
        }
        synchronized (queue) {
            if (queue.isEmpty() && outstanding + item.size <= MOST_OUTSTANDING) {
                outstanding += item.size;
            } else if (outstanding > 0 && waiting + item.size <= MOST_WAITING) {
                waiting += item.size;
                queue.add(item);
                return;
            } else if (outstanding > 0) {
                failed(item, tooMuch());
                return;
            } else {
                outstanding += item.size; // a single record over the bound
            }
        }
        transmit(item);
    }

    private void transmit(Item item) {
        try {
            producer.send(item.record, (metadata, failure) -> acknowledged(item, failure));
        } catch (RuntimeException e) {
            acknowledged(item, e);
        }
    }

    private void acknowledged(Item item, Exception failure) {
        if (failure == null) {
            item.waiter.complete(null);
            if (outage.get() && outage.compareAndSet(true, false)) {
                LOG.info("{}: Kafka acknowledges records again", name);
            }
        } else {
            failed(item, failure);
        }
        Item next;
        while ((next = next(item)) != null) {
            item = null;
            if (System.nanoTime() - next.deadline >= 0) {
                Item late = next;
                failed(late, new TimeoutException("not acknowledged in time"));
                item = late;
            } else {
                transmit(next);
            }
        }
    }

    /** Frees the room of an item that has ended, if any, and takes from the queue what fits. */
    private Item next(Item ended) {
        synchronized (queue) {
            if (ended != null) {
                outstanding -= ended.size;
            }
            Item head = queue.peek();
            if (head == null || outstanding > 0 && outstanding + head.size > MOST_OUTSTANDING) {
                return null;
            }
            queue.poll();
            waiting -= head.size;
            outstanding += head.size;
            return head;
        }
    }

    private void failed(Item item, Throwable cause) {
        failures.increment();
        if (outage.compareAndSet(false, true)) {
            LOG.warn("{}: Kafka does not acknowledge records: {}", name, cause.toString());
        }
        item.waiter.fail(cause);
    }

    private static KafkaException tooMuch() {
        return new KafkaException("too much waits for Kafka already");
    }

    private static long size(ProducerRecord<String, byte[]> record) {
        long size = OVERHEAD + (record.value() == null ? 0 : record.value().length);
        for (Header header : record.headers()) {
            size += header.value() == null ? 0 : header.value().length;
        }
        return size;
    }
}

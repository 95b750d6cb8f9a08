package org.facteur.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facteur.mail.record.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RecordingProducer dead = new RecordingProducer();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Long, Promise<Void>> handled = LongStream.range(0, 5_000)
            .boxed()
            .collect(Collectors.toConcurrentMap(Function.identity(), offset -> Promise.promise()));

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void commitsUpToTheFirstThatIsNotDone() throws Exception {
        Lane lane = lane(10, 1, records -> handled.get(records.get(0).offset()).future());
        feed(lane, 0, 5);
        finish(2, 1);
        assertThat(lane.committable()).isZero();
        finish(0);
        assertThat(lane.committable()).isEqualTo(3);
        assertThat(lane.load()).isEqualTo(2);
    }

    @Test
    void aFullLaneRestsUntilItIsHalfEmptyAndSaysSo() throws Exception {
        Lane lane =
                lane(1_000, 1, records -> handled.get(records.get(0).offset()).future());
        feed(lane, 0, 3_999);
        assertThat(lane.wantsRest()).isFalse();
        feed(lane, 3_999, 4_000);
        assertThat(lane.wantsRest()).isTrue();
        finish(LongStream.range(0, 1_999).toArray());
        assertThat(lane.wantsRest()).isTrue();
        assertThat(calls).hasValue(0);
        finish(1_999);
        assertThat(calls).hasValue(1);
        assertThat(lane.wantsRest()).isFalse();
    }

    @Test
    void aClosedLaneBeginsNothingAndDrains() throws Exception {
        List<Long> begun = new ArrayList<>();
        Lane lane = lane(2, 1, records -> {
            begun.add(records.get(0).offset());
            return handled.get(records.get(0).offset()).future();
        });
        feed(lane, 0, 10);
        CompletableFuture<Void> drained = lane.close();
        finish(0);
        assertThat(drained).isNotDone();
        finish(1);
        drained.get(5, TimeUnit.SECONDS);
        assertThat(begun).containsExactly(0L, 1L);
        assertThat(lane.committable()).isEqualTo(2);
    }

    @Test
    void aRecordThatWaitsToBeTriedAgainHoldsUpNoClose() throws Exception {
        Lane lane = lane(2, 1, records -> Future.failedFuture("down"));
        feed(lane, 0, 10);
        lane.close().get(5, TimeUnit.SECONDS);
        assertThat(lane.committable()).isZero();
    }

    @Test
    void theOffsetWaitsForTheDeadTopic() throws Exception {
        dead.fail(new IOException("no broker"));
        Lane lane = lane(2, 1, records -> Future.failedFuture(new PermanentFailure("never")));
        feed(lane, 0, 1);
        assertThat(lane.committable()).isZero();
        assertThat(lane.wantsRest()).isTrue();
        dead.recover();
        await().until(() -> lane.committable() == 1);
        assertThat(dead.sent(Topic.DEAD)).hasSize(1);
    }

    @Test
    void handlersThatAreDoneAtOnceDoNotNest() throws Exception {
        Lane lane = lane(1, 1, records -> Future.succeededFuture());
        feed(lane, 0, 4_000);
        await().until(() -> lane.committable() == 4_000);
        assertThat(lane.load()).isZero();
    }

    private Lane lane(int runs, int runLength, Function<List<ConsumerRecord<String, byte[]>>, Future<Void>> handler) {
        StageSettings settings = new StageSettings(
                "test", Topic.RECEIVED, runs * runLength, Duration.ofMillis(5), Duration.ofMillis(20));
        return new Lane(
                new Lane.Plan(
                        settings,
                        vertx,
                        context,
                        handler,
                        runs,
                        runLength,
                        new DeadLetters(dead::send),
                        new StageMeters(new SimpleMeterRegistry(), "test"),
                        new Lane.Outage(),
                        calls::incrementAndGet),
                0);
    }

    private void feed(Lane lane, int from, int to) throws Exception {
        List<ConsumerRecord<String, byte[]>> records = IntStream.range(from, to)
                .mapToObj(offset ->
                        new ConsumerRecord<String, byte[]>(Topic.RECEIVED.topicName(), 0, offset, null, new byte[0]))
                .toList();
        lane.admitted(records);
        onContext(() -> lane.accept(records));
    }

    private void finish(long... offsets) throws Exception {
        onContext(() ->
                LongStream.of(offsets).forEach(offset -> handled.get(offset).complete()));
    }

    private void onContext(Runnable action) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(nothing -> {
            action.run();
            done.complete(null);
        });
        done.get(5, TimeUnit.SECONDS);
    }
}

package org.facteur.platform.kafka;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Completes promises from Kafka's threads on the contexts that wait for them. What comes while an event loop has not yet
 * run goes to it in one task: the acknowledgements of one batch cost one wake-up, not one each.
 */
final class Completions {
    private final Map<EventLoop, Inbox> inboxes = new ConcurrentHashMap<>();

    /** A promise for the calling context; without one it is completed wherever {@link Waiter#complete} is called. */
    <T> Waiter<T> waiter() {
        Context current = Vertx.currentContext();
        if (current == null) {
            return new Waiter<>(Promise.promise(), null);
        }
        ContextInternal context = (ContextInternal) current;
        return new Waiter<>(
                context.promise(),
                context.isEventLoopContext() ? inboxes.computeIfAbsent(context.nettyEventLoop(), Inbox::new) : null);
    }

    /** Somebody who waits for a result. */
    record Waiter<T>(Promise<T> promise, Inbox inbox) {
        void complete(T result) {
            hand(() -> promise.tryComplete(result));
        }

        void fail(Throwable cause) {
            hand(() -> promise.tryFail(cause));
        }

        private void hand(Runnable completion) {
            if (inbox == null) {
                completion.run();
            } else {
                inbox.add(completion);
            }
        }
    }

    /** What one event loop has yet to complete. */
    static final class Inbox {
        private final EventLoop loop;
        private final Queue<Runnable> completions = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean called = new AtomicBoolean();

        Inbox(EventLoop loop) {
            this.loop = loop;
        }

        void add(Runnable completion) {
            completions.add(completion);
            if (called.compareAndSet(false, true)) {
                loop.execute(this::drain);
            }
        }

        private void drain() {
            called.set(false);
            for (Runnable next = completions.poll(); next != null; next = completions.poll()) {
                next.run();
            }
        }
    }
}

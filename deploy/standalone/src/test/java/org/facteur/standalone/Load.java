package org.facteur.standalone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Messages from many connections at once, one message a connection; it remembers which of them got a 250. */
final class Load {
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    private Load() {}

    /** Starts to send {@code count} messages with the subjects {@code prefix-0}, {@code prefix-1} …; none is sent twice. */
    static Load start(int port, String to, String prefix, int count, int connections) {
        Load load = new Load();
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> load.run(port, to, prefix, count));
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void run(int port, String to, String prefix, int count) {
        for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
            try (SmtpTalk talk = new SmtpTalk(port)) {
                String reply = talk.send("carol@outside.test", to, SmtpTalk.message(prefix + "-" + n));
                if (reply.startsWith("250")) {
                    accepted.add(n);
                } else {
                    refusals.add(reply);
                }
            } catch (IOException e) {
                refusals.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Numbers of the messages that got a 250 so far. */
    Set<Integer> accepted() {
        return accepted;
    }

    /** Every other reply, each once. */
    Set<String> refusals() {
        return refusals;
    }

    /** Waits until all have been tried. */
    Load finish() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        return this;
    }
}

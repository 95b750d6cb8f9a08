package org.facteur.imap.view;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * One selected mailbox, shared by all sessions of an event loop that have it selected. Loaded once, then kept up to date by
 * asking for what changed after the newest modification sequence that it has. Used on that event loop only.
 */
public final class MailboxView {
    private static final int LAG_MILLIS = 20;
    private static final int LAG_TRIES = 50;

    private final Vertx vertx;
    private final long mailbox;
    private final LongFunction<Future<Changes>> changesAfter;
    private final Map<Flags, Flags> shared = new HashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private Snapshot current = Snapshot.empty();
    private Future<Snapshot> loading;
    private Future<Snapshot> next;
    int users;

    /**
     * What the store knows that is newer.
     *
     * @param rows messages that are new or have changed flags
     * @param expunged UIDs of messages that are gone
     * @param modseq the mailbox's highest modification sequence now
     * @param uidNext the UID of the next message at least
     */
    public record Changes(List<Snapshot.Row> rows, int[] expunged, long modseq, long uidNext) {
        /** The mailbox itself is gone, and all messages with it. */
        public static final Changes GONE = new Changes(List.of(), new int[0], Long.MAX_VALUE, 1);
    }

    /**
     * A view that knows nothing yet.
     *
     * @param changesAfter reads from the store what changed after a modification sequence; 0 is everything
     */
    public MailboxView(Vertx vertx, long mailbox, LongFunction<Future<Changes>> changesAfter) {
        this.vertx = vertx;
        this.mailbox = mailbox;
        this.changesAfter = changesAfter;
    }

    /** The mailbox's number in the store. */
    public long mailbox() {
        return mailbox;
    }

    /** The mailbox as far as it is known. */
    public Snapshot current() {
        return current;
    }

    /**
     * Asks the store for what is new; what the future has was read after the call. All who ask while an answer is awaited
     * share the question after it.
     */
    public Future<Snapshot> refresh() {
        if (loading == null) {
            return load();
        }
        if (next == null) {
            next = loading.transform(ignored -> {
                next = null;
                return load();
            });
        }
        return next;
    }

    private Future<Snapshot> load() {
        Future<Snapshot> load =
                changesAfter.apply(current.modseq()).map(this::take).andThen(ignored -> loading = null);
        if (!load.isComplete()) {
            loading = load;
        }
        return load;
    }

    /**
     * Brings the view to a modification sequence at least: the effect of an own command. Where the database is a replica that
     * lags, it waits for up to a second.
     */
    public Future<Snapshot> reach(long modseq) {
        return reach(modseq, 0);
    }

    private Future<Snapshot> reach(long modseq, int tries) {
        if (current.modseq() >= modseq || tries >= LAG_TRIES) {
            return Future.succeededFuture(current);
        }
        return refresh()
                .compose(snapshot -> snapshot.modseq() >= modseq
                        ? Future.succeededFuture(snapshot)
                        : vertx.timer(LAG_MILLIS).compose(ignored -> reach(modseq, tries + 1)));
    }

    /** Calls back, on the event loop, after each change; the returned action ends it. */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Snapshot take(Changes changes) {
        if (changes == Changes.GONE) {
            return become(Snapshot.empty().with(List.of(), new int[0], current.modseq(), current.uidNext()));
        }
        boolean nothing = changes.rows().isEmpty() && changes.expunged().length == 0;
        if (changes.modseq() < current.modseq() || nothing && changes.modseq() == current.modseq()) {
            return current; // an answer that was overtaken, or no news
        }
        List<Snapshot.Row> rows = new ArrayList<>(changes.rows().size());
        for (Snapshot.Row row : changes.rows()) {
            Flags flags = shared.computeIfAbsent(row.flags(), each -> each);
            rows.add(flags == row.flags() ? row : new Snapshot.Row(row.uid(), flags, row.modseq()));
        }
        return become(current.with(rows, changes.expunged(), changes.modseq(), changes.uidNext()));
    }

    private Snapshot become(Snapshot next) {
        current = next;
        List.copyOf(listeners).forEach(Runnable::run);
        return current;
    }
}

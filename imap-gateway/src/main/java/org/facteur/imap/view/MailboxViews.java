package org.facteur.imap.view;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.facteur.mail.record.MailboxEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The views of the mailboxes that some session of this event loop has selected. */
public final class MailboxViews {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxViews.class);

    private final Vertx vertx;
    private final Source source;
    private final Map<Long, MailboxView> views = new HashMap<>();

    /** Reads from the store what changed in a mailbox after a modification sequence. */
    @FunctionalInterface
    public interface Source {
        /** All that is newer than {@code modseq}; 0 is everything. */
        Future<MailboxView.Changes> changesAfter(long mailbox, long modseq);
    }

    /** No views yet. */
    public MailboxViews(Vertx vertx, Source source) {
        this.vertx = vertx;
        this.source = source;
    }

    /** The view of a mailbox, up to date; give it back with {@link #release}. */
    public Future<MailboxView> acquire(long mailbox) {
        MailboxView view = views.computeIfAbsent(
                mailbox, id -> new MailboxView(vertx, id, modseq -> source.changesAfter(id, modseq)));
        view.users++;
        return view.refresh().map(view).onFailure(e -> release(view));
    }

    /** A session no longer has the mailbox selected. */
    public void release(MailboxView view) {
        if (--view.users == 0) {
            views.remove(view.mailbox());
        }
    }

    /** A mailbox has changed: its view, if there is one, is refreshed. */
    public void changed(MailboxEvent event) {
        MailboxView view = views.get(event.mailbox());
        if (view != null && view.current().modseq() < event.modseq()) {
            view.refresh()
                    .onFailure(e -> LOG.warn("mailbox {} of {} not refreshed", event.mailbox(), event.account(), e));
        }
    }

    /** Asks for what is new in every view: events may have been missed. */
    public void refreshAll() {
        List.copyOf(views.values()).forEach(view -> view.refresh()
                .onFailure(e -> LOG.warn("mailbox {} not refreshed", view.mailbox(), e)));
    }

    /** How many mailboxes are viewed. */
    public int size() {
        return views.size();
    }
}

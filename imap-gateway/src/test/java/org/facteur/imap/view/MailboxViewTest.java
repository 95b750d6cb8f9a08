package org.facteur.imap.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.facteur.imap.view.MailboxView.Changes;
import org.facteur.imap.view.Snapshot.Row;
import org.facteur.mail.record.MailboxEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailboxViewTest {
    private final Vertx vertx = Vertx.vertx();
    private final Queue<Promise<Changes>> asked = new ArrayDeque<>();
    private final MailboxViews views = new MailboxViews(vertx, (mailbox, modseq) -> {
        Promise<Changes> answer = Promise.promise();
        asked.add(answer);
        return answer.future();
    });

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void isLoadedOnceForAllWhoSelectItTogether() {
        Future<MailboxView> one = views.acquire(1);
        Future<MailboxView> two = views.acquire(1);
        Future<MailboxView> three = views.acquire(1);
        assertThat(asked).hasSize(1);
        answer(2, 1);
        assertThat(one.result().current().size()).isEqualTo(1);
        assertThat(asked).hasSize(1);
        answer(2);
        assertThat(two.result()).isSameAs(one.result()).isSameAs(three.result());
        assertThat(asked).isEmpty();
    }

    @Test
    void isDroppedWhenNobodyUsesIt() {
        MailboxView view = acquired();
        views.acquire(1);
        answer(2);
        views.release(view);
        assertThat(views.size()).isEqualTo(1);
        views.release(view);
        assertThat(views.size()).isZero();
    }

    @Test
    void isDroppedWhenItCannotBeLoaded() {
        Future<MailboxView> failed = views.acquire(1);
        asked.remove().fail("gone");
        assertThat(failed.failed()).isTrue();
        assertThat(views.size()).isZero();
    }

    @Test
    void asksAfterAnEventThatIsNews() {
        MailboxView view = acquired();
        views.changed(new MailboxEvent("bob", 1, 2));
        views.changed(new MailboxEvent("bob", 7, 9));
        assertThat(asked).isEmpty();
        views.changed(new MailboxEvent("bob", 1, 3));
        answer(3, 2);
        assertThat(view.current().size()).isEqualTo(2);
    }

    @Test
    void ignoresAnAnswerThatWasOvertaken() {
        MailboxView view = acquired();
        Future<Snapshot> reached = view.reach(5);
        answer(5, 2);
        assertThat(reached.result().modseq()).isEqualTo(5);
        view.refresh();
        answer(4);
        assertThat(view.current().modseq()).isEqualTo(5);
        assertThat(view.reach(5).isComplete()).isTrue();
    }

    @Test
    void isEmptyWhenItsMailboxIsDeleted() {
        MailboxView view = acquired();
        view.refresh();
        asked.remove().complete(Changes.GONE);
        assertThat(view.current().size()).isZero();
    }

    private MailboxView acquired() {
        Future<MailboxView> view = views.acquire(1);
        answer(2, 1);
        return view.result();
    }

    private void answer(long modseq, int... uids) {
        List<Row> rows = Arrays.stream(uids)
                .mapToObj(uid -> new Row(uid, Flags.NONE, modseq))
                .toList();
        asked.remove().complete(new Changes(rows, new int[0], modseq, 10));
    }
}

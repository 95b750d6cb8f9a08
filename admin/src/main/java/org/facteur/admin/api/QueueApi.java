package org.facteur.admin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.function.Function;
import org.facteur.admin.api.Api.Answer;
import org.facteur.platform.queue.DeferredQueue;

/**
 * {@code /api/queue}: mail that could not be handed over yet. An entry's id has a slash in it, which a client writes as
 * {@code %2F}.
 */
public final class QueueApi {
    private static final int MOST = 1000;

    private final DeferredQueue queue;

    /** Adds its routes to the API. */
    public QueueApi(Api api, DeferredQueue queue, Clock clock) {
        this.queue = queue;
        api.route(HttpMethod.GET, "/api/queue", context -> queue.list(MOST).map(Answer::ok));
        api.route(HttpMethod.POST, "/api/queue/:id/retry", change(id -> queue.retryNow(id, clock.instant())));
        api.route(HttpMethod.POST, "/api/queue/:id/hold", change(queue::hold));
        api.route(HttpMethod.POST, "/api/queue/:id/release", change(queue::release));
        api.route(HttpMethod.DELETE, "/api/queue/:id", context -> {
            String id = context.pathParam("id");
            return queue.delete(id, clock.instant()).map(there -> {
                if (!there) {
                    throw Problem.notFound("queue entry " + id);
                }
                return Answer.none();
            });
        });
    }

    private Function<RoutingContext, Future<Answer>> change(Function<String, Future<Boolean>> action) {
        return context -> {
            String id = context.pathParam("id");
            return action.apply(id)
                    .compose(there -> queue.get(id))
                    .map(entry -> Answer.ok(entry.orElseThrow(() -> Problem.notFound("queue entry " + id))));
        };
    }
}

package org.facteur.admin.api;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.facteur.admin.api.Api.Answer;
import org.facteur.admin.dead.DeadLetters;

/** {@code /api/dead}: records that could never succeed, and putting one back once its cause is mended. */
public final class DeadApi {
    private static final int MOST = 1000;

    /** Adds its routes to the API. */
    public DeadApi(Api api, DeadLetters letters) {
        api.route(HttpMethod.GET, "/api/dead", context -> letters.list(MOST).map(Answer::ok));
        api.route(HttpMethod.POST, "/api/dead/:id/replay", context -> {
            String id = context.pathParam("id");
            return letters.replay(id).map(there -> {
                if (!there) {
                    throw Problem.notFound("dead letter " + id);
                }
                return Answer.ok(Map.of("id", id, "replayed", true));
            });
        });
    }
}

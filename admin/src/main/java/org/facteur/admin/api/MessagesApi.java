package org.facteur.admin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.facteur.admin.api.Api.Answer;
import org.facteur.admin.journey.JourneyRows;
import org.facteur.mail.record.MessageId;

/** {@code /api/messages}: where is my mail? By the id of the 250 reply, or by an address. */
public final class MessagesApi {
    private static final int MOST = 200;

    private final JourneyRows journeys;
    private final Clock clock;

    /** Adds its routes to the API. */
    public MessagesApi(Api api, JourneyRows journeys, Clock clock) {
        this.journeys = journeys;
        this.clock = clock;
        api.route(HttpMethod.GET, "/api/messages", this::find);
        api.route(HttpMethod.GET, "/api/messages/:id", this::journey);
    }

    private Future<Answer> journey(RoutingContext context) {
        String id = context.pathParam("id");
        if (!MessageId.isValid(id)) {
            throw Problem.invalid("\"" + id + "\" is not a message id; it is the 26 characters after"
                    + " \"accepted as\" in the reply to the end of DATA");
        }
        return journeys.of(id).map(events -> {
            if (events.isEmpty()) {
                throw Problem.notFound("message " + id);
            }
            return Answer.ok(Map.of("id", id, "events", events));
        });
    }

    private Future<Answer> find(RoutingContext context) {
        List<String> address = context.queryParam("address");
        if (address.isEmpty()) {
            throw Problem.invalid("address= says whose messages; since= from when on, such as 2026-11-24T00:00:00Z");
        }
        List<String> since = context.queryParam("since");
        Instant from = since.isEmpty() ? clock.instant().minus(Duration.ofDays(1)) : instant(since.get(0));
        return journeys.messagesOf(Names.address(address.get(0)), from, MOST).map(Answer::ok);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.invalid("since=" + text + ": expected is a time such as 2026-11-24T00:00:00Z");
        }
    }
}

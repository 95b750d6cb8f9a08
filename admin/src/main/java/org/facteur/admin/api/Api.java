package org.facteur.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.facteur.mail.record.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router of the REST API: it checks the bearer token (RFC 6750), runs the handler of a route and writes its answer. A
 * handler returns the object to answer with, or fails with a {@link Problem}; any other failure is ours and becomes 503.
 */
public final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final String PROBLEM = "application/problem+json";
    private static final int MOST_OCTETS = 1 << 20;

    private final Router router;
    private final Set<String> streaming = new HashSet<>();

    /** An API that lets in whoever bears {@code token}. */
    public Api(Vertx vertx, String token) {
        router = Router.router(vertx);
        byte[] openApi = resource("openapi.json");
        router.get("/api/openapi.json").handler(context -> context.response()
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(openApi)));
        byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        router.route("/api/*").handler(context -> authorize(context, expected));
        BodyHandler bodies = BodyHandler.create(false).setBodyLimit(MOST_OCTETS);
        router.route("/api/*").handler(context -> {
            if (streaming.contains(context.request().path())) {
                context.next();
            } else {
                bodies.handle(context);
            }
        });
        for (int status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, Api::failed);
        }
    }

    /** What a handler gives: a status and a document. */
    record Answer(int status, Object document) {
        static Answer ok(Object document) {
            return new Answer(200, document);
        }

        static Answer created(Object document) {
            return new Answer(201, document);
        }

        static Answer none() {
            return new Answer(204, null);
        }
    }

    /** Adds a route whose handler reads the request's body itself, beginning before it returns; its path has no parameters. */
    void streamingRoute(HttpMethod method, String path, Function<RoutingContext, Future<Answer>> handler) {
        streaming.add(path);
        route(method, path, context -> {
            if ("100-continue".equalsIgnoreCase(context.request().getHeader("Expect"))) {
                context.response().writeContinue();
            }
            return handler.apply(context);
        });
    }

    /** Adds a route. */
    void route(HttpMethod method, String path, Function<RoutingContext, Future<Answer>> handler) {
        router.route(method, path).handler(context -> {
            Future<Answer> answer;
            try {
                if (context.pathParams().values().stream().anyMatch(text -> text.indexOf('\0') >= 0)) {
                    throw Problem.invalid("a path has no NUL");
                }
                answer = handler.apply(context);
            } catch (RuntimeException e) {
                answer = Future.failedFuture(e);
            }
            answer.onComplete(done -> {
                if (done.succeeded()) {
                    write(
                            context,
                            done.result().status(),
                            "application/json",
                            done.result().document());
                } else {
                    context.fail(done.cause());
                }
            });
        });
    }

    /** The router to serve. */
    public Router router() {
        return router;
    }

    /** The request's document; fails with a {@link Problem} where it is no JSON object of that type. */
    static <T> T body(RoutingContext context, Class<T> type) {
        Buffer buffer = context.body().buffer();
        try {
            JsonNode tree = Json.mapper().readTree(buffer == null ? new byte[0] : buffer.getBytes());
            if (!tree.isObject()) {
                throw new Problem(400, "Bad request", "the request's body must be a JSON object");
            }
            return Json.mapper().readerFor(type).with(STRICT).readValue(tree);
        } catch (IOException e) {
            throw new Problem(400, "Bad request", "not the JSON that is expected here: " + firstLine(e.getMessage()));
        }
    }

    private static final com.fasterxml.jackson.databind.DeserializationFeature STRICT =
            com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES;

    private static void authorize(RoutingContext context, byte[] expected) {
        String given = context.request().getHeader("Authorization");
        byte[] bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
        if (MessageDigest.isEqual(bytes, expected)) {
            context.next();
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"facteur\"");
            problem(context, 401, "Unauthorized", "send Authorization: Bearer with the token of FACTEUR_ADMIN_TOKEN");
        }
    }

    private static void failed(RoutingContext context) {
        Throwable cause = context.failure();
        if (cause instanceof Problem problem) {
            problem(context, problem.status(), problem.title(), problem.getMessage());
        } else if (cause == null || context.statusCode() < 500) {
            String path = context.request().method() + " " + context.request().path();
            problem(context, context.statusCode(), "Refused", path + ": see /api/openapi.json for what is there");
        } else {
            LOG.error("{} {}", context.request().method(), context.request().path(), cause);
            problem(context, 503, "Unavailable", "a part of the platform does not answer; try again in a moment");
        }
    }

    private static void problem(RoutingContext context, int status, String title, String detail) {
        Map<String, Object> document = new TreeMap<>();
        document.put("type", "about:blank");
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail);
        write(context, status, PROBLEM, document);
    }

    private static void write(RoutingContext context, int status, String type, Object document) {
        context.response().setStatusCode(status);
        if (document == null) {
            context.response().end();
        } else {
            context.response().putHeader("Content-Type", type).end(Buffer.buffer(Json.bytes(document)));
        }
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Api.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.facteur.admin.api;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeoutException;
import org.facteur.admin.AdminSettings;
import org.facteur.admin.api.Api.Answer;
import org.facteur.admin.verify.Explanations;
import org.facteur.admin.verify.Upload;
import org.facteur.mail.address.ReversePath;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Explanation;
import org.facteur.platform.body.BodyStore;

/**
 * {@code POST /api/verify?ip=&helo=&from=} with a message as the body: what every method of authentication finds about it, step
 * by step, if that client handed it in now. Nothing is delivered.
 */
public final class VerifyApi {
    private final Explanations explanations;
    private final BodyStore bodies;
    private final long inlineLimit;
    private final AdminSettings settings;

    /** Adds its route to the API. */
    public VerifyApi(Api api, Explanations explanations, BodyStore bodies, long inlineLimit, AdminSettings settings) {
        this.explanations = explanations;
        this.bodies = bodies;
        this.inlineLimit = inlineLimit;
        this.settings = settings;
        api.streamingRoute(HttpMethod.POST, "/api/verify", this::verify);
    }

    private Future<Answer> verify(RoutingContext context) {
        Client client = client(context.request());
        String reversePath = reversePath(context.request());
        return Upload.take(context.request(), bodies, inlineLimit, settings.mostOctets())
                .compose(message -> message.size() == 0
                        ? Future.failedFuture(
                                Problem.invalid("the request has no body: send the message as it was saved"))
                        : explain(client, reversePath, message))
                .recover(cause -> Future.failedFuture(problem(cause)))
                .map(Answer::ok);
    }

    private Future<Explanation> explain(Client client, String reversePath, Body message) {
        return explanations
                .of(client, reversePath, message)
                .compose(told -> told.failure().isEmpty()
                        ? Future.succeededFuture(told)
                        : Future.failedFuture(new Problem(503, "Unavailable", told.failure())));
    }

    private static Throwable problem(Throwable cause) {
        if (cause instanceof Upload.TooLarge) {
            return new Problem(413, "Too large", cause.getMessage() + " (FACTEUR_MAX_MESSAGE)");
        }
        return cause instanceof TimeoutException
                ? new Problem(
                        504,
                        "No answer",
                        "no auth-verifier answered within " + Explanations.PATIENCE.toSeconds() + " s; is one running?")
                : cause;
    }

    private static Client client(HttpServerRequest request) {
        String ip = parameter(request, "ip");
        if (ip.indexOf('%') >= 0 || ip.indexOf('[') >= 0 || NetUtil.createByteArrayFromIpAddressString(ip) == null) {
            throw Problem.invalid(
                    "ip=" + printable(ip) + " is no address: give the SMTP client's, such as 192.0.2.1 or 2001:db8::1");
        }
        String helo = parameter(request, "helo");
        if (helo.length() > 255 || helo.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            throw Problem.invalid("helo=" + printable(helo) + " is no name: give what the client said in EHLO");
        }
        return new Client(ip, helo, "");
    }

    private static String reversePath(HttpServerRequest request) {
        String from = parameter(request, "from");
        return ReversePath.parse(from)
                .orElseThrow(() -> Problem.invalid("from=" + printable(from)
                        + " is no address: give that of MAIL FROM, or nothing for the null reverse-path"))
                .text();
    }

    private static String parameter(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value == null ? "" : value.strip();
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}

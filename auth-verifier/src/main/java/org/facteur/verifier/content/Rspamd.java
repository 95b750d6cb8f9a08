package org.facteur.verifier.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * rspamd, asked by its HTTP protocol: a POST of the message to {@code /checkv2} with the envelope in header fields, answered
 * by a JSON object. One connection per message, so that none is lost to a connection that went stale in a pool; at most
 * {@value #CONNECTIONS} at once, further messages wait within their time limit.
 */
public final class Rspamd implements Scanner {
    static final String NAME = "rspamd";

    private static final int CONNECTIONS = 64;
    private static final int CONNECT_MILLIS = 5000;
    private static final int LONGEST_ANSWER = 1024 * 1024;
    private static final int LONGEST_VALUE = 1000;

    private final HttpClient http;
    private final URI server;
    private final Optional<String> password;
    private final String mtaName;

    /**
     * A client of one server.
     *
     * @param server {@code http://host:port} or {@code https://host:port}
     * @param mtaName our own name, as rspamd shows it
     */
    public Rspamd(Vertx vertx, URI server, Optional<String> password, String mtaName) {
        this.server = server;
        this.password = password;
        this.mtaName = mtaName;
        http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setKeepAlive(false)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setSsl(server.getScheme().equals("https")),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<ScanResult> scan(ScannedMessage message, Duration limit) {
        long millis = Math.max(1, limit.toMillis());
        Future<HttpClientRequest> request = http.request(new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(server.getHost())
                .setPort(port())
                .setURI("/checkv2"));
        return request.compose(open -> exchange(open, message))
                .timeout(millis, TimeUnit.MILLISECONDS)
                .map(RspamdAnswer::read)
                .onFailure(cause -> request.onSuccess(HttpClientRequest::reset))
                .otherwise(cause -> ScanResult.error(NAME, Failure.reason(cause)));
    }

    private int port() {
        return server.getPort() > 0 ? server.getPort() : server.getScheme().equals("https") ? 443 : 80;
    }

    private Future<RspamdAnswer> exchange(HttpClientRequest request, ScannedMessage message) {
        Promise<RspamdAnswer> done = Promise.promise();
        // what breaks is told by the answer that does not come
        request.exceptionHandler(broken -> {});
        request.connection().exceptionHandler(broken -> {});
        request.response().compose(Rspamd::read).onComplete(done::tryComplete, done::tryFail);
        describe(request, message);
        message.octets().forEach(request::write).compose(all -> request.end()).onFailure(cause -> {
            // an answer that came before the end of the message counts, the broken connection does not
            if (!request.response().isComplete()) {
                done.tryFail(cause);
            }
        });
        return done.future();
    }

    private void describe(HttpClientRequest request, ScannedMessage message) {
        request.putHeader("Content-Length", Long.toString(message.octets().size()));
        request.putHeader("IP", message.ip());
        request.putHeader("Helo", value(message.helo()));
        if (!message.hostname().isEmpty()) {
            request.putHeader("Hostname", value(message.hostname()));
        }
        request.putHeader("From", value(message.reversePath()));
        List<String> recipients =
                message.recipients().stream().map(Rspamd::value).toList();
        request.putHeader("Rcpt", recipients);
        request.putHeader("Queue-Id", value(message.id()));
        request.putHeader("MTA-Name", value(mtaName));
        password.ifPresent(secret -> request.putHeader("Password", secret));
    }

    /** UTF-8 as it goes over the wire, without what would end the field. */
    private static String value(String text) {
        String cut = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) : text;
        return new String(cut.replaceAll("\\p{Cntrl}", "?").getBytes(UTF_8), ISO_8859_1);
    }

    private static Future<RspamdAnswer> read(HttpClientResponse response) {
        Promise<RspamdAnswer> done = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(done::tryFail);
        response.endHandler(end -> done.tryComplete(new RspamdAnswer(response.statusCode(), body)));
        response.handler(piece -> {
            if (body.length() + piece.length() > LONGEST_ANSWER) {
                done.tryFail(new Failure("answer is too long"));
            } else {
                body.appendBuffer(piece);
            }
        });
        return done.future();
    }
}

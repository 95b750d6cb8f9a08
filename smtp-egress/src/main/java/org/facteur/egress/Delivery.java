package org.facteur.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.facteur.mail.record.Outbound;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.config.HostPort;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.kafka.MailRecord;

/**
 * Makes one attempt to hand a message over: route, addresses, connection, transaction. Connections that are left idle carry
 * the next message to the same domain. It never fails: whatever goes wrong is an {@link Outcome}. On one Vert.x context.
 */
final class Delivery {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int MOST_HOSTS = 5;
    private static final int MOST_ADDRESSES = 4;

    private final Vertx vertx;
    private final Dns dns;
    private final BodyStore bodies;
    private final EgressSettings settings;
    private final NetClient net;
    private final Random random = new Random();
    private final Map<String, Deque<SmtpClient>> idle = new HashMap<>();

    Delivery(Vertx vertx, Dns dns, BodyStore bodies, EgressSettings settings) {
        this.vertx = vertx;
        this.dns = dns;
        this.bodies = bodies;
        this.settings = settings;
        this.net = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setTcpNoDelay(true));
    }

    /** One attempt. */
    Future<Outcome> attempt(MailRecord<Outbound> message) {
        Outbound outbound = message.envelope();
        SmtpClient reused = takeIdle(outbound.domain());
        Future<Outcome> first = reused == null
                ? connectAndSend(message)
                // An idle connection may have been closed meanwhile: then a fresh one is tried at once.
                // Where it may have taken the message already, another try at once could only make two of one.
                : transact(reused, message)
                        .recover(
                                broken -> reused.isUndecided() ? Future.failedFuture(broken) : connectAndSend(message));
        return first.recover(cause -> Future.succeededFuture(Outcome.allTemporary(
                outbound.recipients(),
                outbound.domain(),
                tried(cause, outbound.domain()),
                replyOf(cause),
                text(cause))));
    }

    private static String tried(Throwable cause, String domain) {
        return cause instanceof HostException host ? host.host() : domain;
    }

    /** A host that puts us off in its greeting has replied. */
    private static ReplyClass replyOf(Throwable cause) {
        return cause.getCause() instanceof SmtpClient.GreetingException ? ReplyClass.TEMPORARY : ReplyClass.NONE;
    }

    /** Closes the idle connections. */
    Future<Void> close() {
        List<Future<Void>> goodbyes = new ArrayList<>();
        idle.values().forEach(clients -> clients.forEach(client -> goodbyes.add(client.quit())));
        idle.clear();
        return Future.join(goodbyes).otherwiseEmpty().compose(said -> net.close());
    }

    private Future<Outcome> connectAndSend(MailRecord<Outbound> message) {
        Outbound outbound = message.envelope();
        if (settings.smarthost().isPresent()) {
            HostPort smarthost = settings.smarthost().get();
            return tryHosts(
                    message, List.of(smarthost.host()), 0, smarthost.port(), new NoAddressException(smarthost.host()));
        }
        return MxRoute.of(outbound.domain(), settings.hostname(), dns, random)
                .compose(route -> route.match(new MxRoute.Cases<Future<Outcome>>() {
                    @Override
                    public Future<Outcome> hosts(List<String> names) {
                        List<String> first = names.subList(0, Math.min(MOST_HOSTS, names.size()));
                        return tryHosts(message, first, 0, settings.port(), new NoAddressException(first.get(0)));
                    }

                    @Override
                    public Future<Outcome> refused(String status, String why) {
                        return Future.succeededFuture(
                                Outcome.allPermanent(outbound.recipients(), outbound.domain(), status, why));
                    }

                    @Override
                    public Future<Outcome> unknown(String why) {
                        return Future.failedFuture(why);
                    }
                }));
    }

    /** Tries host after host: the next one only where no connection came about or the host had no temporary room. */
    private Future<Outcome> tryHosts(
            MailRecord<Outbound> message, List<String> hosts, int index, int port, IOException last) {
        if (index == hosts.size()) {
            return last instanceof NoAddressException nowhere
                            && settings.smarthost().isEmpty()
                    ? Future.succeededFuture(Outcome.allPermanent(
                            message.envelope().recipients(),
                            message.envelope().domain(),
                            "5.4.4",
                            nowhere.getMessage()))
                    : Future.failedFuture(last);
        }
        String host = hosts.get(index);
        return addresses(host)
                .compose(addresses -> addresses.isEmpty()
                        ? Future.failedFuture(new NoAddressException(host))
                        : connect(host, addresses, 0, port, ""))
                .compose(
                        client -> transact(client, message),
                        cause -> cause instanceof SmtpClient.GreetingException refusal
                                        && refusal.reply().isPermanent()
                                ? Future.succeededFuture(
                                        Outcome.refused(message.envelope().recipients(), host, refusal.reply()))
                                : tryHosts(message, hosts, index + 1, port, graver(last, host, cause)));
    }

    /** What to say when no host took the message: that none has an address only where that is so of all. */
    private static IOException graver(IOException last, String host, Throwable cause) {
        if (cause instanceof NoAddressException nowhere) {
            return last instanceof NoAddressException ? nowhere : last;
        }
        return new HostException(host, host + ": " + text(cause), cause);
    }

    /** A host that was tried and took nothing. */
    private static final class HostException extends IOException {
        private static final long serialVersionUID = 1L;
        private final String host;

        HostException(String host, String text, Throwable cause) {
            super(text, cause);
            this.host = host;
        }

        String host() {
            return host;
        }
    }

    /** A host that DNS knows no address of. */
    private static final class NoAddressException extends IOException {
        private static final long serialVersionUID = 1L;

        NoAddressException(String host) {
            super("no address for " + host);
        }
    }

    private Future<List<String>> addresses(String host) {
        if (host.matches("[0-9.]+|.*:.*")) {
            return Future.succeededFuture(List.of(host));
        }
        return dns.a(host).compose(v4 -> dns.aaaa(host).compose(v6 -> {
            List<String> all = new ArrayList<>();
            v4.records().stream().map(InetAddress::getHostAddress).forEach(all::add);
            v6.records().stream().map(InetAddress::getHostAddress).forEach(all::add);
            boolean unknown = all.isEmpty() && (v4.isTemporaryFailure() || v6.isTemporaryFailure());
            return unknown
                    ? Future.failedFuture("DNS does not answer for the address of " + host)
                    : Future.succeededFuture(all.subList(0, Math.min(MOST_ADDRESSES, all.size())));
        }));
    }

    private Future<SmtpClient> connect(String host, List<String> addresses, int index, int port, String last) {
        if (index == addresses.size()) {
            return Future.failedFuture(last);
        }
        String address = addresses.get(index);
        return SmtpClient.connect(vertx, net, new SmtpClient.Target(host, address, port, true), settings.hostname())
                .recover(cause -> cause instanceof SmtpClient.TlsException
                        // Opportunistic TLS: where the handshake fails, plain text is better than no mail (RFC 7435).
                        ? SmtpClient.connect(
                                vertx, net, new SmtpClient.Target(host, address, port, false), settings.hostname())
                        : Future.failedFuture(cause))
                .recover(cause -> cause instanceof SmtpClient.GreetingException
                        ? Future.failedFuture(cause)
                        : connect(host, addresses, index + 1, port, text(cause)));
    }

    private Future<Outcome> transact(SmtpClient client, MailRecord<Outbound> message) {
        return client.transact(message.envelope(), new MessageSource(message, bodies))
                .recover(cause -> Future.failedFuture(new HostException(client.host(), text(cause), cause)))
                .onSuccess(outcome -> keep(message.envelope().domain(), client));
    }

    private SmtpClient takeIdle(String domain) {
        Deque<SmtpClient> clients = idle.get(domain);
        while (clients != null && !clients.isEmpty()) {
            SmtpClient client = clients.pop();
            if (client.isUsable()) {
                return client;
            }
        }
        idle.remove(domain);
        return null;
    }

    private void keep(String domain, SmtpClient client) {
        if (client.isUsable()) {
            idle.computeIfAbsent(domain, name -> new ArrayDeque<>()).push(client);
            vertx.setTimer(IDLE.toMillis(), tick -> {
                Deque<SmtpClient> clients = idle.get(domain);
                if (clients != null && clients.remove(client)) {
                    client.quit();
                }
            });
        }
    }

    private static String text(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}

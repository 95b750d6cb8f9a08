package org.facteur.platform.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TextParseException;

/**
 * A DNS server on an address of this machine, UDP and TCP on one free port, that answers from lines of a zone file for any number of
 * domains; for tests, the demo and the benchmark. It can be told to fail, to be slow, to be silent, to truncate and to
 * vouch (AD bit).
 *
 * <pre>
 * example.org.            300 IN TXT  "v=spf1 mx -all"
 * example.org.                IN MX   10 mx.example.org.
 * 7.2.0.192.in-addr.arpa.     IN PTR  mx.example.org.
 * </pre>
 */
public final class ZoneServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZoneServer.class);
    private static final int BIND_ATTEMPTS = 20;
    private static final int UDP_SIZE = 1232;

    private final Zone zone = new Zone();
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final ScheduledExecutorService delayed = Executors.newSingleThreadScheduledExecutor(this::thread);
    private final Set<Name> failing = ConcurrentHashMap.newKeySet();
    private final Set<Name> truncated = ConcurrentHashMap.newKeySet();
    private final Set<Name> authentic = ConcurrentHashMap.newKeySet();
    private final Map<Name, Duration> delays = new ConcurrentHashMap<>();
    private final Set<Name> silent = ConcurrentHashMap.newKeySet();
    private final AtomicLong queries = new AtomicLong();
    private final AtomicLong tcpQueries = new AtomicLong();

    private ZoneServer(DatagramSocket udp, ServerSocket tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    /** Starts a server with these records on 127.0.0.1. */
    public static ZoneServer start(String zone) throws IOException {
        return start(zone, InetAddress.getByName("127.0.0.1"));
    }

    /** Starts a server with these records on an address of this machine, for containers that ask from outside of it. */
    public static ZoneServer start(String zone, InetAddress host) throws IOException {
        IOException last = new IOException("no port");
        for (int i = 0; i < BIND_ATTEMPTS; i++) {
            ServerSocket tcp = new ServerSocket(0, 50, host);
            try {
                DatagramSocket udp = new DatagramSocket(new InetSocketAddress(host, tcp.getLocalPort()));
                ZoneServer server = new ZoneServer(udp, tcp);
                server.zone.add(zone);
                server.thread(server::serveUdp).start();
                server.thread(server::serveTcp).start();
                return server;
            } catch (IOException e) {
                last = e;
                tcp.close();
            }
        }
        throw last;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    /** Where it listens, in the form of FACTEUR_DNS. */
    public String hostAndPort() {
        return udp.getLocalAddress().getHostAddress() + ":" + udp.getLocalPort();
    }

    /** Settings that ask this server alone. */
    public DnsSettings settings() {
        return DnsSettings.of(List.of(address()));
    }

    /** Adds records, at any time. */
    public ZoneServer add(String lines) {
        zone.add(lines);
        return this;
    }

    /** Removes all records of a name. */
    public ZoneServer remove(String name) {
        zone.remove(name(name));
        return this;
    }

    /** Answers SERVFAIL to questions about a name. */
    public ZoneServer fail(String name) {
        failing.add(name(name));
        return this;
    }

    /** Answers nothing to questions about a name. */
    public ZoneServer silence(String name) {
        silent.add(name(name));
        return this;
    }

    /** Answers questions about a name later. */
    public ZoneServer delay(String name, Duration delay) {
        delays.put(name(name), delay);
        return this;
    }

    /** Answers questions about a name over TCP only. */
    public ZoneServer truncate(String name) {
        truncated.add(name(name));
        return this;
    }

    /** Sets the AD bit in answers about a name. */
    public ZoneServer vouch(String name) {
        authentic.add(name(name));
        return this;
    }

    /** Takes back what was said of a name by {@link #fail}, {@link #silence}, {@link #delay}, {@link #truncate}. */
    public ZoneServer recover(String name) {
        Name known = name(name);
        failing.remove(known);
        silent.remove(known);
        truncated.remove(known);
        delays.remove(known);
        return this;
    }

    /** How many questions were asked so far. */
    public long queries() {
        return queries.get();
    }

    /** How many of them over TCP. */
    public long tcpQueries() {
        return tcpQueries.get();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        delayed.shutdownNow();
    }

    private void serveUdp() {
        byte[] octets = new byte[4096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(octets, octets.length);
                udp.receive(packet);
                byte[] copy = java.util.Arrays.copyOf(octets, packet.getLength());
                answer(
                        new Message(copy),
                        true,
                        wire -> udp.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress())));
            } catch (IOException e) {
                report(e);
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                thread(() -> serve(socket)).start();
            } catch (IOException e) {
                report(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] octets = new byte[in.readUnsignedShort()];
                in.readFully(octets);
                tcpQueries.incrementAndGet();
                answer(new Message(octets), false, wire -> {
                    byte[] framed = new byte[wire.length + 2];
                    framed[0] = (byte) (wire.length >> 8);
                    framed[1] = (byte) wire.length;
                    System.arraycopy(wire, 0, framed, 2, wire.length);
                    socket.getOutputStream().write(framed);
                });
            }
        } catch (IOException e) {
            LOG.trace("the client is gone", e);
        }
    }

    /** Sends an encoded message back. */
    @FunctionalInterface
    private interface Answerer {
        void send(byte[] wire) throws IOException;
    }

    private void answer(Message query, boolean overUdp, Answerer client) throws IOException {
        queries.incrementAndGet();
        Name name = query.getQuestion().getName();
        if (silent.contains(name)) {
            return;
        }
        byte[] wire = wire(query, name, overUdp);
        Duration delay = delays.getOrDefault(name, Duration.ZERO);
        if (delay.isZero()) {
            client.send(wire);
            return;
        }
        delayed.schedule(
                () -> {
                    try {
                        client.send(wire);
                    } catch (IOException e) {
                        report(e);
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private byte[] wire(Message query, Name name, boolean overUdp) {
        Message answer = failing.contains(name) ? Zone.reply(query, Rcode.SERVFAIL) : zone.answer(query);
        if (authentic.contains(name)) {
            answer.getHeader().setFlag(Flags.AD);
        }
        if (!overUdp) {
            return answer.toWire();
        }
        if (truncated.contains(name)) {
            answer = Zone.reply(query, Rcode.NOERROR);
            answer.getHeader().setFlag(Flags.TC);
        }
        return answer.toWire(UDP_SIZE);
    }

    private void report(IOException failure) {
        if (!udp.isClosed()) {
            LOG.debug("DNS zone server: {}", failure.toString());
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "zone-server");
        thread.setDaemon(true);
        return thread;
    }

    private static Name name(String name) {
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}

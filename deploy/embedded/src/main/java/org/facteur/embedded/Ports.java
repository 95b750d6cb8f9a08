package org.facteur.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of 127.0.0.1. */
final class Ports {
    private Ports() {}

    /** A port that nobody listens on; somebody else may take it before the caller does. */
    static int free() throws IOException {
        try (var socket = bind(0)) {
            return socket.getLocalPort();
        }
    }

    /** Fails, naming the port, when somebody listens on it. */
    static void requireFree(int port) throws IOException {
        try (var socket = bind(port)) {
            if (socket.getLocalPort() != port) throw new IOException("port " + port + " cannot be used");
        } catch (java.net.BindException e) {
            throw new IOException("port " + port + " on 127.0.0.1 is in use", e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}

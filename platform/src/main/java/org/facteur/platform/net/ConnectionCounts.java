package org.facteur.platform.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections a listener has, in all and by address; shared by its instances, safe for threads. An IPv6 /64
 * counts as one address.
 */
public final class ConnectionCounts {

    private static final AtomicInteger SERIALS = new AtomicInteger();

    private final int serial = SERIALS.incrementAndGet();
    private final AtomicInteger total = new AtomicInteger();
    private final ConcurrentMap<Cidr, Integer> byAddress = new ConcurrentHashMap<>();

    /** Takes a place if the limits have one; whoever gets true gives it back with {@link #release}. */
    boolean acquire(InetAddress address, ConnectionLimits limits) {
        if (total.incrementAndGet() > limits.connections()) {
            total.decrementAndGet();
            return false;
        }
        Cidr key = key(address);
        if (byAddress.merge(key, 1, Integer::sum) > limits.connectionsPerAddress()) {
            release(address);
            return false;
        }
        return true;
    }

    /** Gives a place back. */
    void release(InetAddress address) {
        total.decrementAndGet();
        byAddress.computeIfPresent(key(address), (any, count) -> count == 1 ? null : count - 1);
    }

    /** A number that tells one listener of this process from another. */
    int serial() {
        return serial;
    }

    /** Open connections. */
    public int total() {
        return total.get();
    }

    private static Cidr key(InetAddress address) {
        return Cidr.of(address, address instanceof Inet6Address ? 64 : 32);
    }
}

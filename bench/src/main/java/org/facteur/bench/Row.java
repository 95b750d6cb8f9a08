package org.facteur.bench;

import java.util.Locale;

/** One line of the table of deliveries. */
record Row(
        int octets,
        int connections,
        int messages,
        double acceptedPerSecond,
        double deliveredPerSecond,
        double transactionP50,
        double transactionP95,
        double deliveryP50,
        double deliveryP95,
        double deliveryP99,
        double processorPerThousand,
        int refused) {
    static final String HEAD = String.format(
            Locale.ROOT,
            "%-7s %5s %7s %10s %11s %9s %9s %9s %9s %9s %11s %7s",
            "size",
            "conn",
            "msgs",
            "accepted/s",
            "delivered/s",
            "smtp p50",
            "smtp p95",
            "mbox p50",
            "mbox p95",
            "mbox p99",
            "cpu s/1000",
            "refused");

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-7s %5d %7d %10.0f %11.0f %6.1f ms %6.1f ms %6.1f ms %6.1f ms %6.1f ms %11.2f %7d",
                octets / 1024 + " KB",
                connections,
                messages,
                acceptedPerSecond,
                deliveredPerSecond,
                transactionP50,
                transactionP95,
                deliveryP50,
                deliveryP95,
                deliveryP99,
                processorPerThousand,
                refused);
    }
}

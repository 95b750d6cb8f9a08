package org.facteur.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** One reading of /metrics: the delivery count and its histogram. */
final class Scrape {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BUCKET = "facteur_delivery_seconds_bucket";
    private static final String COUNT = "facteur_delivery_seconds_count";

    private final Map<Double, Double> buckets = new TreeMap<>();
    private double count;

    private Scrape() {}

    /** Reads the metrics of the server at a port of this machine. */
    static Scrape of(int port) throws IOException, InterruptedException {
        Scrape scrape = new Scrape();
        for (String line : get(port, "/metrics").body().split("\n")) {
            if (line.startsWith(BUCKET)) {
                String bound = line.replaceAll(".*le=\"([^\"]+)\".*", "$1");
                double upper = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
                scrape.buckets.merge(upper, value(line), Double::sum);
            } else if (line.startsWith(COUNT)) {
                scrape.count += value(line);
            }
        }
        return scrape;
    }

    /** Whether /health/ready answers 200. */
    static boolean isReady(int port) throws InterruptedException {
        try {
            return get(port, "/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Messages delivered since the server started. */
    long delivered() {
        return (long) count;
    }

    /** Acceptance to mailbox in milliseconds for what came after {@code before}, interpolated within the bucket. */
    double deliveryMillis(Scrape before, double share) {
        double total = count - before.count;
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            double upTo = bucket.getValue() - before.buckets.getOrDefault(bucket.getKey(), 0.0);
            if (upTo >= share * total && upTo > below) {
                double upper = bucket.getKey().isInfinite() ? lower : bucket.getKey();
                return (lower + (upper - lower) * (share * total - below) / (upTo - below)) * 1000;
            }
            lower = bucket.getKey();
            below = upTo;
        }
        return Double.NaN;
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

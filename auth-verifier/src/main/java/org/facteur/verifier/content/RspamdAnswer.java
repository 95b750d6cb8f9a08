package org.facteur.verifier.content;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What rspamd says about a message.
 *
 * @param status of HTTP
 * @param body JSON, or anything at all
 */
record RspamdAnswer(int status, Buffer body) {
    private static final int MOST_SYMBOLS = 5;
    private static final double LEAST_SCORE = 0.005;

    /** Fails with {@link Failure} where it makes no sense. */
    ScanResult read() {
        if (status == 413) {
            return ScanResult.skipped(Rspamd.NAME, "too large for rspamd");
        }
        if (status != 200) {
            throw new Failure("answer is HTTP " + status);
        }
        JsonObject json = json();
        String action = text(json.getValue("action"))
                .orElseThrow(() -> new Failure("answer has no action"))
                .toLowerCase(Locale.ROOT);
        Optional<String> score = number(json.getValue("score")).map(RspamdAnswer::written);
        Optional<String> threshold = number(json.getValue("required_score")).map(RspamdAnswer::written);
        List<ScanResult.Property> properties = new ArrayList<>(3);
        properties.add(new ScanResult.Property("policy.action", action));
        score.ifPresent(value -> properties.add(new ScanResult.Property("policy.score", value)));
        threshold.ifPresent(value -> properties.add(new ScanResult.Property("policy.threshold", value)));
        Optional<Finding> known = finding(action);
        String scores = "score " + score.orElse("?") + " of " + threshold.orElse("?");
        return new ScanResult(
                Rspamd.NAME,
                known.orElse(Finding.SKIPPED),
                known.isEmpty() ? "unknown action" : "",
                message(json).orElse(scores),
                properties,
                symbols(json));
    }

    /** The actions of rspamd; a discard is refused, for no message is lost in silence. */
    private static Optional<Finding> finding(String action) {
        return Optional.ofNullable(
                switch (action) {
                    case "no action" -> Finding.CLEAN;
                    case "greylist" -> Finding.GREYLIST;
                    case "add header", "rewrite subject", "quarantine" -> Finding.JUNK;
                    case "soft reject" -> Finding.DEFER;
                    case "reject", "discard" -> Finding.REJECT;
                    default -> null;
                });
    }

    private JsonObject json() {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw new Failure("answer is no JSON object");
        }
    }

    private static Optional<String> message(JsonObject json) {
        return json.getValue("messages") instanceof JsonObject messages
                ? text(messages.getValue("smtp_message"))
                : Optional.empty();
    }

    /** The symbols that weigh most, with their scores. */
    private static String symbols(JsonObject json) {
        if (!(json.getValue("symbols") instanceof JsonObject symbols)) {
            return "";
        }
        record Symbol(String name, double score) {}
        return symbols.stream()
                .map(entry -> new Symbol(entry.getKey(), score(entry)))
                .filter(symbol -> Math.abs(symbol.score) >= LEAST_SCORE)
                .sorted(Comparator.comparingDouble((Symbol symbol) -> -Math.abs(symbol.score)))
                .limit(MOST_SYMBOLS)
                .map(symbol -> symbol.name + " " + written(symbol.score))
                .collect(Collectors.joining(", "));
    }

    private static double score(Map.Entry<String, Object> symbol) {
        return symbol.getValue() instanceof JsonObject details
                ? number(details.getValue("score")).orElse(0.0)
                : 0;
    }

    private static Optional<String> text(Object value) {
        return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Double> number(Object value) {
        return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    private static String written(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}

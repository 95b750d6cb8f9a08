package org.facteur.verifier.spf;

import io.vertx.core.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.facteur.mail.address.Ascii;
import org.facteur.verifier.AsciiDomain;
import org.facteur.verifier.ClientAddress;

/** The values of the macro letters in one check (RFC 7208 section 7.2). */
final class SpfMacros {
    private final SpfQuery query;
    private final SpfLookups lookups;
    private final String receiver;
    private final Clock clock;
    private final String local;
    private final String domain;

    /** Macros of a query whose sender's domain in A-labels is {@code domain}. */
    SpfMacros(SpfQuery query, String domain, SpfLookups lookups, String receiver, Clock clock) {
        this.query = query;
        this.lookups = lookups;
        this.receiver = receiver;
        this.clock = clock;
        this.domain = domain;
        String sender = query.sender();
        this.local = sender.substring(0, sender.lastIndexOf('@'));
    }

    /**
     * The name that a domain-spec stands for; empty where text that is not ASCII would enter it, for then a term matches
     * nothing (RFC 8616 section 4).
     */
    Future<Optional<String>> expand(MacroString spec, String current) {
        if (!Ascii.only(local) && (spec.uses('l') || spec.uses('s'))) {
            return Future.succeededFuture(Optional.empty());
        }
        return text(spec, current)
                .map(text -> Ascii.only(text) ? Optional.of(DomainSpec.target(text)) : Optional.empty());
    }

    /** The text with all macros replaced. */
    Future<String> text(MacroString spec, String current) {
        Future<String> validated = spec.uses('p')
                ? lookups.validatedNames().map(names -> best(names, current))
                : Future.succeededFuture("");
        return validated.map(name -> spec.expand(letter -> value(letter, current, name)));
    }

    private String value(char letter, String current, String validated) {
        InetAddress client = query.client();
        boolean four = client instanceof Inet4Address;
        return switch (letter) {
            case 's' -> local + "@" + domain;
            case 'l' -> local;
            case 'o' -> domain;
            case 'd' -> current;
            case 'i' -> four ? client.getHostAddress() : nibbles(client);
            case 'p' -> validated;
            case 'v' -> four ? "in-addr" : "ip6";
            case 'h' -> Ascii.only(query.helo()) ? query.helo() : AsciiDomain.of(query.helo());
            case 'c' -> ClientAddress.text(client);
            case 'r' -> receiver;
            default -> Long.toString(clock.instant().getEpochSecond());
        };
    }

    private static String best(List<String> names, String current) {
        return names.stream()
                .filter(current::equals)
                .findFirst()
                .or(() -> names.stream()
                        .filter(name -> name.endsWith("." + current))
                        .findFirst())
                .or(() -> names.stream().findFirst())
                .orElse("unknown");
    }

    private static String nibbles(InetAddress address) {
        StringBuilder out = new StringBuilder(63);
        for (byte b : address.getAddress()) {
            out.append(out.isEmpty() ? "" : ".")
                    .append(Character.forDigit(b >> 4 & 0xf, 16))
                    .append('.')
                    .append(Character.forDigit(b & 0xf, 16));
        }
        return out.toString();
    }
}

package org.facteur.verifier.spf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SPF record, parsed (RFC 7208 sections 4.5, 4.6 and 12).
 *
 * <pre>
 * record  = "v=spf1" *( 1*SP ( directive / modifier ) ) *SP
 * </pre>
 *
 * @param redirect asked where no mechanism matches; empty too where the record has "all" (section 6.1)
 * @param explanation exp=
 */
record SpfRecord(List<Mechanism> mechanisms, Optional<MacroString> redirect, Optional<MacroString> explanation) {
    private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)=(.*)", Pattern.DOTALL);
    private static final Pattern MECHANISM =
            Pattern.compile("([-+?~]?)([A-Za-z][A-Za-z0-9]*)(?::(.*?))?(/\\d*)?(//\\d*)?", Pattern.DOTALL);
    private static final Pattern ADDRESS4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern ADDRESS6 =
            Pattern.compile("(?=.*:)(?:[0-9A-Fa-f]{0,4}:){0,8}(?:[0-9A-Fa-f]{0,4}|" + ADDRESS4 + ")");

    /** Whether a TXT record is of this kind: the version and then a space or nothing. */
    static boolean isRecord(String txt) {
        return txt.regionMatches(true, 0, "v=spf1", 0, 6) && (txt.length() == 6 || txt.charAt(6) == ' ');
    }

    /** Parses a whole record, for an error anywhere counts before anything is evaluated (section 4.6). */
    static SpfRecord parse(String txt) throws SpfException {
        List<Mechanism> mechanisms = new ArrayList<>();
        Optional<MacroString> redirect = Optional.empty();
        Optional<MacroString> explanation = Optional.empty();
        for (String term : txt.substring(6).split(" ")) {
            if (term.isEmpty()) {
                continue;
            }
            Matcher modifier = MODIFIER.matcher(term);
            if (!modifier.matches()) {
                mechanisms.add(mechanism(term));
                continue;
            }
            String name = modifier.group(1).toLowerCase(Locale.ROOT);
            if (name.equals("redirect")) {
                redirect = once(redirect, modifier.group(2), name);
            } else if (name.equals("exp")) {
                explanation = once(explanation, modifier.group(2), name);
            } else {
                MacroString.any(modifier.group(2));
            }
        }
        boolean all = mechanisms.stream().anyMatch(mechanism -> mechanism.kind() == Mechanism.Kind.ALL);
        return new SpfRecord(List.copyOf(mechanisms), all ? Optional.empty() : redirect, explanation);
    }

    private static Optional<MacroString> once(Optional<MacroString> before, String value, String name)
            throws SpfException {
        if (before.isPresent()) {
            throw SpfException.permanent(name + "= occurs twice");
        }
        return Optional.of(MacroString.domain(value));
    }

    private static Mechanism mechanism(String term) throws SpfException {
        Matcher parts = MECHANISM.matcher(term);
        if (!parts.matches()) {
            throw SpfException.permanent("not a term: " + printable(term));
        }
        Mechanism.Kind kind = kind(parts.group(2), term);
        Optional<String> value = Optional.ofNullable(parts.group(3));
        Optional<String> cidr4 = Optional.ofNullable(parts.group(4)).map(text -> text.substring(1));
        Optional<String> cidr6 = Optional.ofNullable(parts.group(5)).map(text -> text.substring(2));
        boolean takesValue = kind != Mechanism.Kind.ALL;
        boolean needsValue =
                takesValue && kind != Mechanism.Kind.A && kind != Mechanism.Kind.MX && kind != Mechanism.Kind.PTR;
        if (value.isPresent() && !takesValue || value.isEmpty() && needsValue) {
            throw SpfException.permanent("value missing or not allowed in " + printable(term));
        }
        SpfStatus result = qualifier(parts.group(1));
        return switch (kind) {
            case IP4 -> network(kind, result, value.orElseThrow(), cidr4, cidr6, term);
            case IP6 -> network(kind, result, value.orElseThrow(), cidr4, cidr6, term);
            case A, MX ->
                new Mechanism(
                        kind,
                        result,
                        domain(value),
                        Optional.empty(),
                        prefix(cidr4, 32, term),
                        prefix(cidr6, 128, term));
            default -> {
                if (cidr4.isPresent() || cidr6.isPresent()) {
                    value = Optional.of(term.substring(term.indexOf(':') + 1));
                    if (!takesValue || term.indexOf(':') < 0) {
                        throw SpfException.permanent("no prefix length allowed in " + printable(term));
                    }
                }
                yield new Mechanism(kind, result, domain(value), Optional.empty(), 32, 128);
            }
        };
    }

    private static Mechanism network(
            Mechanism.Kind kind,
            SpfStatus result,
            String value,
            Optional<String> cidr,
            Optional<String> second,
            String term)
            throws SpfException {
        boolean four = kind == Mechanism.Kind.IP4;
        if (second.isPresent() || !(four ? ADDRESS4 : ADDRESS6).matcher(value).matches()) {
            throw SpfException.permanent("not an address: " + printable(term));
        }
        byte[] address = address(value, term);
        if (!four && address.length == 4) {
            byte[] mapped = new byte[16];
            Arrays.fill(mapped, 10, 12, (byte) 0xff);
            System.arraycopy(address, 0, mapped, 12, 4);
            address = mapped;
        }
        int prefix = prefix(cidr, four ? 32 : 128, term);
        return new Mechanism(kind, result, Optional.empty(), Optional.of(address), prefix, prefix);
    }

    private static byte[] address(String literal, String term) throws SpfException {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw SpfException.permanent("not an address: " + printable(term));
        }
    }

    private static int prefix(Optional<String> digits, int most, String term) throws SpfException {
        if (digits.isEmpty()) {
            return most;
        }
        String text = digits.get();
        if (!text.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(text) > most) {
            throw SpfException.permanent("bad prefix length in " + printable(term));
        }
        return Integer.parseInt(text);
    }

    private static Optional<MacroString> domain(Optional<String> value) throws SpfException {
        return value.isEmpty() ? Optional.empty() : Optional.of(MacroString.domain(value.get()));
    }

    private static Mechanism.Kind kind(String name, String term) throws SpfException {
        try {
            return Mechanism.Kind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw SpfException.permanent("unknown mechanism: " + printable(term));
        }
    }

    private static SpfStatus qualifier(String sign) {
        return switch (sign) {
            case "-" -> SpfStatus.FAIL;
            case "~" -> SpfStatus.SOFTFAIL;
            case "?" -> SpfStatus.NEUTRAL;
            default -> SpfStatus.PASS;
        };
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}

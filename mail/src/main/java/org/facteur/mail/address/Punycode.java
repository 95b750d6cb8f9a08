package org.facteur.mail.address;

/** Letters of any script in those of host names (RFC 3492); only encoding. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE = 128;

    private Punycode() {}

    /** RFC 3492 section 6.3; the time is quadratic in the length of a label. */
    static String encode(String label) {
        int[] input = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int c : input) {
            if (c < FIRST_CODE) {
                out.append((char) c);
            }
        }
        int basic = out.length();
        if (basic > 0) {
            out.append('-');
        }
        int code = FIRST_CODE;
        int delta = 0;
        int bias = FIRST_BIAS;
        for (int handled = basic; handled < input.length; ) {
            int next = Integer.MAX_VALUE;
            for (int c : input) {
                next = c >= code && c < next ? c : next;
            }
            delta += (next - code) * (handled + 1);
            code = next;
            for (int c : input) {
                if (c < code) {
                    delta++;
                } else if (c == code) {
                    append(out, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            code++;
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int delta, int bias) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.max(T_MIN, Math.min(T_MAX, k - bias));
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }
}

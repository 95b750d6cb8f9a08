package org.facteur.platform.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A story between a client and a server, one step a line, played against a port on the loopback address:
 *
 * <pre>
 * # a comment
 * C: EHLO client        the client sends this line; C: lines in a row leave in one write (pipelining)
 * R: DATA\r\n\x00       the client sends this without adding CRLF; \r \n \t \\ \xNN are understood
 * S: 250-               the server's next line begins with this
 * S: /250 .*SIZE \d+/   or all of it matches this regular expression
 * S*: 250 OK            lines are skipped until one does
 * TLS                   the client does the TLS handshake now
 * EOF                   the server has closed the connection
 * CLOSE                 the client closes it
 * </pre>
 *
 * <p>{@code ${name}} stands for a variable of the player's.
 */
public final class Dialogue {

    private final String name;
    private final List<String> steps;
    private final Map<String, String> variables;

    private Dialogue(String name, List<String> steps, Map<String, String> variables) {
        this.name = name;
        this.steps = steps;
        this.variables = variables;
    }

    /** The script in a class path resource beside a class. */
    public static Dialogue resource(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no script " + file + " beside " + beside.getName());
            }
            return new Dialogue(
                    file,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList(),
                    Map.of());
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    /** A script given as text. */
    public static Dialogue of(String script) {
        return new Dialogue("dialogue", script.lines().toList(), Map.of());
    }

    /** The same story with these values for its variables. */
    public Dialogue with(Map<String, String> values) {
        return new Dialogue(name, steps, Map.copyOf(values));
    }

    /** Plays it on a new connection in the clear; an {@link AssertionError} names the line that went wrong. */
    public void play(int port) {
        try (DialogueClient client = DialogueClient.connect(port)) {
            play(client);
        } catch (IOException e) {
            throw new AssertionError(name + ": " + e, e);
        }
    }

    /** Plays it on a new connection with TLS from the first octet. */
    public void playTls(int port) {
        try (DialogueClient client = DialogueClient.connectTls(port)) {
            play(client);
        } catch (IOException e) {
            throw new AssertionError(name + ": " + e, e);
        }
    }

    /** Plays it on a connection, which stays open. */
    public void play(DialogueClient client) {
        List<String> heard = new ArrayList<>();
        StringBuilder group = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            String step = filled(steps.get(i));
            try {
                if (step.startsWith("C:")) {
                    group.append(argument(step, 2)).append("\r\n");
                    continue;
                }
                if (step.startsWith("R:")) {
                    group.append(unescaped(argument(step, 2)));
                    continue;
                }
                if (!group.isEmpty()) {
                    client.send(
                            new String(group.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
                    group.setLength(0);
                }
                run(step, client, heard);
            } catch (IOException | AssertionError e) {
                throw new AssertionError(
                        "%s line %d: %s%n%s%nheard:%n%s"
                                .formatted(name, i + 1, steps.get(i), e.getMessage(), String.join("\n", heard)),
                        e);
            }
        }
    }

    private void run(String step, DialogueClient client, List<String> heard) throws IOException {
        if (step.isBlank() || step.startsWith("#")) {
            return;
        }
        if (step.startsWith("S:")) {
            expect(argument(step, 2), client, heard, false);
        } else if (step.startsWith("S*:")) {
            expect(argument(step, 3), client, heard, true);
        } else if (step.equals("TLS")) {
            client.startTls();
        } else if (step.equals("CLOSE")) {
            client.close();
        } else if (step.equals("EOF")) {
            Optional<String> more = client.read();
            if (more.isPresent()) {
                throw new AssertionError("expected the end, got: " + more.get());
            }
        } else {
            throw new AssertionError("not a step");
        }
    }

    private static void expect(String pattern, DialogueClient client, List<String> heard, boolean skip)
            throws IOException {
        while (true) {
            String line = client.read().orElseThrow(() -> new AssertionError("the server closed the connection"));
            heard.add(line);
            if (matches(line, pattern)) {
                return;
            }
            if (!skip) {
                throw new AssertionError("got: " + line);
            }
        }
    }

    private static boolean matches(String line, String pattern) {
        if (pattern.length() > 1 && pattern.startsWith("/") && pattern.endsWith("/")) {
            return line.matches(pattern.substring(1, pattern.length() - 1));
        }
        return line.startsWith(pattern);
    }

    private static String argument(String step, int from) {
        return step.startsWith(" ", from) ? step.substring(from + 1) : step.substring(from);
    }

    private String filled(String step) {
        String filled = step;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            filled = filled.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        return filled;
    }

    private static String unescaped(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                result.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            switch (kind) {
                case 'r' -> result.append('\r');
                case 'n' -> result.append('\n');
                case 't' -> result.append('\t');
                case 'x' -> {
                    result.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> result.append(kind);
            }
        }
        return result.toString();
    }
}

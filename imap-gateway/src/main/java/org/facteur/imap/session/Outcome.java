package org.facteur.imap.session;

import io.vertx.core.Future;
import java.util.function.Function;
import org.facteur.platform.net.Line;

/** What a command comes to: its tagged reply, or that it needs another line of the client first. */
public sealed interface Outcome permits Reply, Outcome.NeedsLine {
    /**
     * The next line belongs to this command: the answers of AUTHENTICATE, the DONE of IDLE, what follows the literal of APPEND.
     *
     * @param prompt written before it, such as {@code + idling}, without its line end; empty for nothing
     */
    record NeedsLine(String prompt, Function<Line, Future<Outcome>> next) implements Outcome {}
}

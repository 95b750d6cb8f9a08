package org.facteur.imap.session;

import io.vertx.core.Future;

/** A command with its arguments, ready to run. Each is a record in a file of its own. */
@FunctionalInterface
public interface ImapCommand {
    /** Does it. Untagged responses go to the session as they come about; the outcome is for the loop to write. */
    Future<? extends Outcome> run(ImapSession session);
}

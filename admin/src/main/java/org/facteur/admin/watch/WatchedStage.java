package org.facteur.admin.watch;

import java.util.List;
import org.facteur.mail.record.Topic;

/**
 * A stage whose backlog is told, whether or not an instance of it runs.
 *
 * @param name the stage's name, which is its consumer group
 * @param topic what it reads
 */
record WatchedStage(String name, Topic topic) {
    /** Every stage of the platform. */
    static final List<WatchedStage> ALL = List.of(
            new WatchedStage("auth-verifier", Topic.RECEIVED),
            new WatchedStage("auth-verifier-explain", Topic.AUTH_REQUESTS),
            new WatchedStage("dkim-signer", Topic.SUBMITTED),
            new WatchedStage("mailbox-store", Topic.DELIVER),
            new WatchedStage("mailbox-store-commands", Topic.COMMANDS),
            new WatchedStage("smtp-egress", Topic.OUTBOUND),
            new WatchedStage("admin", Topic.JOURNEY),
            new WatchedStage("admin-dead", Topic.DEAD),
            new WatchedStage("admin-reports", Topic.REPORTS),
            new WatchedStage("admin-observations", Topic.OBSERVATIONS));
}

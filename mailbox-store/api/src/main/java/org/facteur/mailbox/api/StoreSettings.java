package org.facteur.mailbox.api;

import org.facteur.platform.config.Setting;

/** Settings that the store and the gateways share. */
public final class StoreSettings {
    /** FACTEUR_POSTGRES_READ. */
    public static final Setting<String> POSTGRES_READ = Setting.text(
            "FACTEUR_POSTGRES_READ",
            "",
            "PostgreSQL as the gateways reach it, with a log-in that may only read; may be a replica. Embedded: made at start.");

    /** The schema of the mailboxes. */
    public static final String SCHEMA = "mailbox";

    /** The role that may only read. */
    public static final String READER = "facteur_reader";

    private StoreSettings() {}
}

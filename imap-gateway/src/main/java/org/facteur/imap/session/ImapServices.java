package org.facteur.imap.session;

import io.vertx.core.Vertx;
import java.time.Clock;
import org.facteur.imap.store.Mailboxes;
import org.facteur.imap.view.MailboxViews;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.security.Authenticator;

/**
 * What all sessions of an event loop share.
 *
 * @param hostname the name in the greeting
 * @param authenticator who may log in
 * @param mailboxes the store
 * @param views selected mailboxes
 * @param bodies where large messages lie
 */
public record ImapServices(
        Vertx vertx,
        String hostname,
        Authenticator authenticator,
        Mailboxes mailboxes,
        MailboxViews views,
        BodyStore bodies,
        ImapLimits limits,
        ImapMeters meters,
        Clock clock) {}

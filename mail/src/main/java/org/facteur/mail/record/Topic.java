package org.facteur.mail.record;

import java.time.Duration;
import java.util.Optional;

/**
 * Every topic of the platform: what its records mean, who writes and who reads them, and how they are kept. Topics are
 * created from this table at start.
 */
public enum Topic {
    /** Key: none. Value: the message as received; envelope {@link Received}. smtp-ingress to auth-verifier. */
    RECEIVED("mail.received", Kind.MAIL, true),
    /** Key: reply address. Value: {@link Verdict}. auth-verifier to the smtp-ingress instance that waits. */
    VERDICTS("mail.verdicts", Kind.REPLIES, false),
    /** Key: account. Value: the message; envelope {@link Submitted}. smtp-ingress and system mail to dkim-signer. */
    SUBMITTED("mail.submitted", Kind.MAIL, true),
    /** Key: message id. Value: the message; envelope {@link Deliver}. auth-verifier, dkim-signer to mailbox-store. */
    DELIVER("mail.deliver", Kind.MAIL, true),
    /** Key: recipient domain. Value: the message; envelope {@link Outbound}. dkim-signer to smtp-egress. */
    OUTBOUND("mail.outbound", Kind.MAIL, true),
    /** Key: account. Value: one mailbox command, idempotent by its id. Gateways and admin to mailbox-store. */
    COMMANDS("mailbox.commands", Kind.MAIL, true),
    /** Key: reply address. Value: the result of one mailbox command. mailbox-store to the gateway that waits. */
    REPLIES("mailbox.replies", Kind.REPLIES, false),
    /** Key: account. Value: {@link MailboxEvent}, an invalidation. mailbox-store to every gateway. */
    EVENTS("mailbox.events", Kind.REPLIES, false),
    /** Key: domain. Value: {@link DomainEntry}. admin to every service. */
    DOMAINS("directory.domains", Kind.TABLE, true),
    /** Key: address, or {@code *@domain} for the catch-all. Value: {@link AddressEntry}. admin to every service. */
    ADDRESSES("directory.addresses", Kind.TABLE, true),
    /** Key: {@code domain/selector}. Value: {@link DkimKeyEntry}. dkim-signer to dkim-signer and admin. */
    DKIM("directory.dkim", Kind.TABLE, true),
    /** Key: account. Value: {@link UsageEntry}. mailbox-store to smtp-ingress and admin. */
    USAGE("directory.usage", Kind.TABLE, false),
    /** Key: message id. Value: {@link JourneyEvent}. Every stage to admin. */
    JOURNEY("mail.journey", Kind.MAIL, false),
    /** Key: domain. Value: a report of others about it; envelope {@link ReportMail}. auth-verifier, dkim-signer to admin. */
    REPORTS("mail.reports", Kind.MAIL, true),
    /** Key: policy domain. Value: {@link AuthObservation}, a row of a DMARC report to come. auth-verifier to admin. */
    OBSERVATIONS("auth.observations", Kind.MAIL, false),
    /** Key: none. Value: a saved message; envelope {@link VerifyRequest}. admin to one auth-verifier. */
    AUTH_REQUESTS("auth.requests", Kind.REPLIES, false),
    /** Key: reply address. Value: {@link Explanation}. auth-verifier to the admin that waits. */
    AUTH_REPLIES("auth.replies", Kind.REPLIES, false),
    /** Key: none. Value: the record that failed, its headers kept; header {@code cause} says why. Every stage to admin. */
    DEAD("mail.dead", Kind.MAIL, true);

    /** How a topic's records are kept. */
    public enum Kind {
        /** Kept for the retention that the environment asks for, 7 days by default. */
        MAIL,
        /** Worthless after minutes: kept for an hour. */
        REPLIES,
        /** Compacted: the newest record of each key is the current truth; an empty value deletes the key. */
        TABLE
    }

    private final String topicName;
    private final Kind kind;
    private final boolean promise;

    Topic(String topicName, Kind kind, boolean promise) {
        this.topicName = topicName;
        this.kind = kind;
        this.promise = promise;
    }

    /** The name on the broker. */
    public String topicName() {
        return topicName;
    }

    /** How the records are kept. */
    public Kind kind() {
        return kind;
    }

    /** Whether a record must be on the disk before it is acknowledged (DESIGN of the topics: it carries a promise). */
    public boolean carriesPromise() {
        return promise;
    }

    /** A fixed retention, or empty where the environment decides. */
    public Optional<Duration> retention() {
        return kind == Kind.REPLIES ? Optional.of(Duration.ofHours(1)) : Optional.empty();
    }

    /** The topic of that name on the broker. */
    public static Optional<Topic> named(String topicName) {
        for (Topic topic : values()) {
            if (topic.topicName.equals(topicName)) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }
}

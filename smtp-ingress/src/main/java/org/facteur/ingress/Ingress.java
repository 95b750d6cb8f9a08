package org.facteur.ingress;

import java.time.Clock;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.directory.Directory;
import org.facteur.platform.security.Authenticator;

/**
 * What all sessions of this process share.
 *
 * @param hostname of banner, EHLO and Received
 * @param inlineLimit octets up to which a message rides in its record
 * @param mx makes messages from other servers durable
 * @param submission makes messages of our users durable
 */
public record Ingress(
        String hostname,
        IngressSettings settings,
        int inlineLimit,
        Directory directory,
        Authenticator authenticator,
        BodyStore bodies,
        MemoryBudget memory,
        Acceptance mx,
        Acceptance submission,
        IngressMetrics metrics,
        Clock clock) {}

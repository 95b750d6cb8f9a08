package org.facteur.mail.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * Value on {@link Topic#JOURNEY}: what one stage did with a message.
 *
 * @param id the message's id
 * @param at when the stage was done with it
 * @param stage the service, such as {@code smtp-ingress}
 * @param what one word: accepted, refused, verified, signed, routed, delivered, sent, deferred, bounced, dead …
 * @param micros how long the stage had it, in microseconds; 0 when unknown
 * @param detail a sentence for a person, such as {@code spf=pass dkim=pass dmarc=pass}
 * @param sender the reverse-path, told by the first stage only, null in later events
 * @param recipients told by the first stage (all of them) and by stages that treat some of them; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JourneyEvent(
        String id,
        Instant at,
        String stage,
        String what,
        long micros,
        String detail,
        String sender,
        List<String> recipients) {}

package org.facteur.ingress;

import io.vertx.core.Future;

/** Decides on a message that is complete, and makes it durable. Two implementations: from other servers, from our users. */
interface Acceptance {
    /** The reply to the end of data; a {@link Refusal} is one too. */
    Future<Reply> accept(SmtpSession session, Transaction transaction, Intake intake);
}

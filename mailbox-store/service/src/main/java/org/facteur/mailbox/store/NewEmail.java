package org.facteur.mailbox.store;

import java.time.Instant;
import org.facteur.mailbox.api.Flags;

/**
 * A message on its way into one mailbox of one account.
 *
 * @param deliveryId the platform's id of a delivery, which an account gets once; null for an APPEND
 */
public record NewEmail(
        Prepared message, long account, long mailbox, String deliveryId, Instant internalDate, Flags flags) {}

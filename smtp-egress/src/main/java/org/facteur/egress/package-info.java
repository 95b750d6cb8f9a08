/**
 * Hands mail over to other domains' MXs. Start with {@link org.facteur.egress.SmtpEgress}; {@link org.facteur.egress.Delivery}
 * makes one attempt, {@link org.facteur.egress.SmtpClient} speaks the protocol, {@link org.facteur.egress.DeferredWorker}
 * tries again, {@link org.facteur.egress.Bounce} tells the sender.
 */
package org.facteur.egress;

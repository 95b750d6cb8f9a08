/**
 * Signs what is sent and routes it. Start with {@link org.facteur.signer.DkimSigningService}: the stage over mail.submitted.
 * {@link org.facteur.signer.DomainKeys} makes and holds the keys, {@link org.facteur.signer.Routing} decides local or remote.
 */
package org.facteur.signer;

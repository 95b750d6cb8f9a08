/**
 * What people do with the platform: domains, accounts, aliases, the queue, journeys and dead letters, by REST and by the
 * facteur command. Start with {@link org.facteur.admin.Admin}.
 */
package org.facteur.admin;

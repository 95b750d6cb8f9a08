/** The journeys of messages: collected from mail.journey, asked for by id or address. */
package org.facteur.admin.journey;

/**
 * PostgreSQL for the services that keep state: {@link org.facteur.platform.sql.Migrations} brings a schema up to date at start,
 * {@link org.facteur.platform.sql.PgPools} makes the reactive pools for everything else.
 */
package org.facteur.platform.sql;

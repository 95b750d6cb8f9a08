/** Migrations and pools against a real PostgreSQL. */
package org.facteur.platform.sql;

/**
 * Everything in one process, and the facteur command. Start with {@link org.facteur.standalone.Standalone}, which starts the
 * broker, the database and every service, or with {@link org.facteur.standalone.Facteur}, the command's table of verbs.
 */
package org.facteur.standalone;

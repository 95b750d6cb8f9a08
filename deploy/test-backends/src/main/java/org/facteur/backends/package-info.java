/**
 * Kafka and PostgreSQL for tests: in containers where a Docker engine answers, embedded elsewhere, from the same test
 * classes. Start with {@link org.facteur.backends.TestBackends}; {@link org.facteur.backends.Choice} says which of the
 * two it is, and {@link org.facteur.backends.NeedsDocker} marks tests that cannot do without the engine.
 */
package org.facteur.backends;

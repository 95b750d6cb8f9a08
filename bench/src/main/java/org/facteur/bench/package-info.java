/**
 * Load programs that measure a running server from outside. Start with {@link org.facteur.bench.Bench}, which `bench/run`
 * calls.
 */
package org.facteur.bench;

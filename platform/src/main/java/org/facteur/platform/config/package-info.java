/**
 * Configuration from environment variables: a {@link org.facteur.platform.config.Setting} names a variable, its default and
 * what it accepts; a service reads its settings once into a typed record.
 */
package org.facteur.platform.config;

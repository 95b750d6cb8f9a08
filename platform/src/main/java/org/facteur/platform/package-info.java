/**
 * How every service runs: stages over Kafka, directory views, body store, line-protocol server, DNS, configuration and metrics.
 */
package org.facteur.platform;

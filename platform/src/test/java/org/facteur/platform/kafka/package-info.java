/** Stages and their parts, by themselves and against a real broker, and fakes for services' tests. */
package org.facteur.platform.kafka;

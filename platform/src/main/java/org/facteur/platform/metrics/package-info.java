/** Micrometer's registry, /metrics and the health of the process. */
package org.facteur.platform.metrics;

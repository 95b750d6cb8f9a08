/** Tests of the registry and what every process tells. */
package org.facteur.platform.metrics;

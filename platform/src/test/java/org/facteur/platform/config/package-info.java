/** What settings accept, and what they say about the rest. */
package org.facteur.platform.config;

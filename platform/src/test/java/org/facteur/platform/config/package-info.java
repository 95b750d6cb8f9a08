/** Tests of the settings. */
package org.facteur.platform.config;

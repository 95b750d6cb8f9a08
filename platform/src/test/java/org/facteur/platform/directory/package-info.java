/** Fakes of the directory for services' tests. */
package org.facteur.platform.directory;

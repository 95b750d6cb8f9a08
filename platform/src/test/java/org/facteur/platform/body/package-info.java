/** What every body store must do, and the directory's own promises. */
package org.facteur.platform.body;

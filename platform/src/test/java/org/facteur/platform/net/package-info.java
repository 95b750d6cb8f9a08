/** The tests of the line server, and {@link org.facteur.platform.net.Dialogue}, which plays scripts against any of them. */
package org.facteur.platform.net;

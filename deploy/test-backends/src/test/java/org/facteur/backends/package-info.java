/** Tests of the backends: one contract for both kinds, and the choice between them by a table. */
package org.facteur.backends;

/** Tests of the facteur command. */
package org.facteur.admin.cli;

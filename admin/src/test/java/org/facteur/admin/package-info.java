/** Tests of admin over real HTTP against a broker and a database. */
package org.facteur.admin;

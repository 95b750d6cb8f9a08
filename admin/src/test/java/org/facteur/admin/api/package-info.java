/** Tests of the REST API without a network. */
package org.facteur.admin.api;

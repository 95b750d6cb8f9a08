/** The DNS records that a domain needs, and whether they are there. */
package org.facteur.admin.dns;

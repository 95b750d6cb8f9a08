/** Tests of passwords, log-ins and sealing. */
package org.facteur.platform.security;

/** DNS for tests ({@link org.facteur.platform.dns.FakeDns}) and the tests of DNS. */
package org.facteur.platform.dns;

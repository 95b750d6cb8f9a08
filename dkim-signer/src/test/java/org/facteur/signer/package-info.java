/** Tests of dkim-signer: which domain signs and where mail goes by tables, the whole service against a broker. */
package org.facteur.signer;

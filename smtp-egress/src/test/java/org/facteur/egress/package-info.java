/** Tests of smtp-egress: the pure decisions by tables, the whole service against a scripted server. */
package org.facteur.egress;

/** Tests of the reports that leave. */
package org.facteur.admin.dmarc;

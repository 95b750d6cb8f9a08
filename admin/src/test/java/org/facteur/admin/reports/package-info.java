/** Tests of received reports. */
package org.facteur.admin.reports;

/**
 * DMARC aggregate reports to the owners of other domains (RFC 9990): observations are summed up by day, and each day's report
 * leaves once. Start with {@link org.facteur.admin.dmarc.DailyReports}; what others report to us is in
 * {@code org.facteur.admin.reports}.
 */
package org.facteur.admin.dmarc;

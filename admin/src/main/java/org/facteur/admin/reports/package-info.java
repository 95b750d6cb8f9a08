/**
 * Reports of others about our domains: DMARC aggregate reports (RFC 9990, RFC 7489) and TLS reports (RFC 8460), from mail.reports
 * into PostgreSQL. Start with {@link org.facteur.admin.reports.ReceivedReports}; whatever is in a report is a stranger's.
 */
package org.facteur.admin.reports;

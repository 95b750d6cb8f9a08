package org.facteur.admin.dns;

import java.util.List;

/**
 * One DNS record that a domain needs.
 *
 * @param purpose what it is for: MX, SPF, DKIM, DMARC, TLS reports, address, reverse DNS
 * @param name owner name
 * @param type record type
 * @param expected the value to paste
 * @param found what DNS says now
 * @param ok whether what is found does what is needed
 * @param why one sentence on what to do; empty when ok
 */
public record RecordCheck(
        String purpose, String name, String type, String expected, List<String> found, boolean ok, String why) {}

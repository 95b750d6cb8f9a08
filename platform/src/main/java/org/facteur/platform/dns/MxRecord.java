package org.facteur.platform.dns;

/**
 * One mail exchanger of a domain (RFC 5321 section 5.1).
 *
 * @param preference lower is tried first
 * @param exchange host name in lower case without the trailing dot; empty for the root
 */
public record MxRecord(int preference, String exchange) {

    /** Whether the domain says with this record that it takes no mail (RFC 7505). */
    public boolean isNull() {
        return exchange.isEmpty();
    }
}

package org.facteur.mail.record;

/** The addresses of each domain that take reports of others (RFC 9990, RFC 8460); they need no account. */
public final class ReportAddress {
    private static final String DMARC = "dmarc-reports";
    private static final String TLS = "tls-reports";

    private ReportAddress() {}

    /** Where aggregate DMARC reports about a domain go. */
    public static String dmarc(String domain) {
        return DMARC + "@" + domain;
    }

    /** Where TLS reports about a domain go. */
    public static String tls(String domain) {
        return TLS + "@" + domain;
    }

    /** Whether an address, normalized, is one of them. */
    public static boolean matches(String address) {
        int at = address.lastIndexOf('@');
        String local = address.substring(0, Math.max(at, 0));
        return local.equals(DMARC) || local.equals(TLS);
    }
}

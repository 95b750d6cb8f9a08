package org.facteur.mail.record;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The SMTP client that handed a message in.
 *
 * @param ip its address, in the textual form of IPv4 or IPv6
 * @param helo the argument of its EHLO or HELO
 * @param tls protocol and cipher suite, such as {@code TLSv1.3 TLS_AES_256_GCM_SHA384}; empty without TLS
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Client(String ip, String helo, String tls) {
    /** Fills in what JSON leaves out. */
    public Client {
        ip = ip == null ? "" : ip;
        helo = helo == null ? "" : helo;
        tls = tls == null ? "" : tls;
    }
}

package org.facteur.verifier.content;

import java.util.List;

/**
 * What a scanner is told about a message.
 *
 * @param id the message's id
 * @param ip the client's address
 * @param hostname the confirmed name of that address; empty where there is none
 * @param helo the argument of its HELO
 * @param reversePath without angle brackets; empty for the null reverse-path
 * @param recipients the addresses as the client named them
 * @param octets the message itself, as it arrived
 */
public record ScannedMessage(
        String id,
        String ip,
        String hostname,
        String helo,
        String reversePath,
        List<String> recipients,
        MessageOctets octets) {}

package org.facteur.imap.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The MIME structure of a message, as far as it is needed to find octets.
 *
 * @param find the part of a number (RFC 9051 section 6.4.5.1); the empty number is the whole message
 * @param leaves all parts that have no parts of their own, in their order
 */
public record Parts(Function<List<Integer>, Optional<Part>> find, Supplier<List<Part>> leaves) {}

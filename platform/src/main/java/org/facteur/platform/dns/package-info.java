/**
 * DNS as the mail standards see it: a question has records, no data, no name, or a temporary failure, and each of the
 * four leads to a different verdict.
 *
 * <p>Start at {@link org.facteur.platform.dns.Dns}. {@code DnsjavaDns} asks the network, {@code CachingDns} remembers,
 * {@code ZoneServer} is a small authoritative server for tests, the demo and the benchmark.
 */
package org.facteur.platform.dns;

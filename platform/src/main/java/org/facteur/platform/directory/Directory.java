package org.facteur.platform.directory;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.mail.address.EmailAddress;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.ReportAddress;
import org.facteur.mail.record.Topic;
import org.facteur.mail.record.UsageEntry;
import org.facteur.platform.kafka.KafkaConnection;

/**
 * Domains, accounts and aliases as this process knows them. All questions are answered from memory, by pure functions of the
 * tables; safe for any thread.
 */
public final class Directory {
    private static final int MOST_RECIPIENTS = 1000;
    private static final int DEEPEST_ALIAS = 10;
    private static final String POSTMASTER = "postmaster";

    private final TableView<DomainEntry> domains;
    private final TableView<AddressEntry> addresses;
    private final TableView<UsageEntry> usage;

    /** Over these tables. */
    public Directory(TableView<DomainEntry> domains, TableView<AddressEntry> addresses, TableView<UsageEntry> usage) {
        this.domains = domains;
        this.addresses = addresses;
        this.usage = usage;
    }

    /** Over the topics of a connection. */
    public static Directory of(KafkaConnection kafka) {
        return new Directory(
                kafka.table(Topic.DOMAINS, DomainEntry.class),
                kafka.table(Topic.ADDRESSES, AddressEntry.class),
                kafka.table(Topic.USAGE, UsageEntry.class));
    }

    /** Completes when all tables have been read. */
    public Future<Void> caughtUp() {
        return Future.all(domains.caughtUp(), addresses.caughtUp(), usage.caughtUp())
                .mapEmpty();
    }

    /** Whether all tables have been read: before that, no answer means nothing. */
    public boolean isReady() {
        return domains.caughtUp().succeeded()
                && addresses.caughtUp().succeeded()
                && usage.caughtUp().succeeded();
    }

    /** Whether the domain's mail lives here. */
    public boolean isLocalDomain(String domain) {
        return domains.get(domain.toLowerCase(Locale.ROOT)).isPresent();
    }

    /** The account of exactly this address. */
    public Optional<AddressEntry> account(String address) {
        return addresses.get(key(address)).filter(entry -> entry.kind() == AddressEntry.Kind.ACCOUNT);
    }

    /**
     * Resolves a forward-path: the exact address first, then without its +detail, then the catch-all. Aliases are followed;
     * postmaster of a domain of ours always leads somewhere (RFC 5321 section 4.5.1): where it is no address and there is no
     * catch-all, to the domain's first account by name. The addresses for reports ({@link ReportAddress}) always are there.
     *
     * <p>No recipient is left out in silence: a full mailbox among others that have room is found like them, a quota being
     * exceeded by a message then, and an address that leads to more than {@value #MOST_RECIPIENTS} is refused as a whole.
     */
    public Resolution resolve(String forwardPath) {
        String address = key(forwardPath);
        if (!isLocalDomain(domainOf(address))) {
            return new Resolution.Nowhere(Resolution.Kind.FOREIGN);
        }
        Expansion expansion = new Expansion(forwardPath);
        expansion.add(address, 0);
        return expansion.result();
    }

    /** Who takes the mail of {@code <postmaster>} without a domain: of the domain that the host is in, else the first. */
    public Optional<String> postmaster(String hostname) {
        String name = hostname.toLowerCase(Locale.ROOT);
        for (int dot = -1; ; ) {
            String domain = name.substring(dot + 1);
            if (isLocalDomain(domain)) {
                return Optional.of(POSTMASTER + "@" + domain);
            }
            dot = name.indexOf('.', dot + 1);
            if (dot < 0) {
                return domains.values().stream()
                        .map(DomainEntry::domain)
                        .min(String::compareTo)
                        .map(first -> POSTMASTER + "@" + first);
            }
        }
    }

    /**
     * The recipients of a message of our own, such as a bounce: resolved where the domain is ours and the address known,
     * as it stands where it is foreign, none where it leads nowhere.
     */
    public List<Recipient> recipients(String address) {
        Resolution resolution = resolve(address);
        return resolution.kind() == Resolution.Kind.FOREIGN
                ? List.of(new Recipient(address, address, false))
                : resolution.recipients();
    }

    /**
     * Whether an account may write in the name of an address: its own, with or without +detail, one of an alias that leads to
     * it, or any of a domain whose catch-all leads to it.
     */
    public boolean owns(String account, String address) {
        String wanted = key(address);
        if (withoutDetail(wanted).equals(account) || wanted.equals(account)) {
            return true;
        }
        return lookup(wanted)
                .filter(entry -> entry.kind() == AddressEntry.Kind.ALIAS)
                .map(entry -> leadsTo(entry, account, 0, new HashSet<>()))
                .orElse(false);
    }

    /** What one forward-path leads to, gathered. */
    private final class Expansion {
        private final String original;
        private final Map<String, Recipient> found = new LinkedHashMap<>();
        private final Set<String> seen = new HashSet<>();
        private int accounts;
        private int full;

        Expansion(String original) {
            this.original = original;
        }

        void add(String address, int depth) {
            if (found.size() > MOST_RECIPIENTS || depth > DEEPEST_ALIAS || !seen.add(address)) {
                return;
            }
            if (!isLocalDomain(domainOf(address))) {
                found.putIfAbsent(address, new Recipient(original, address, false));
                return;
            }
            if (takesReports(address)) {
                found.put(address, Recipient.reports(original, address));
                accounts++;
                return;
            }
            lookup(address).ifPresent(entry -> {
                if (entry.kind() == AddressEntry.Kind.ALIAS) {
                    entry.targets().forEach(target -> add(target, depth + 1));
                } else if (found.putIfAbsent(entry.address(), new Recipient(original, entry.address(), true)) == null) {
                    accounts++;
                    full += isFull(entry) ? 1 : 0;
                }
            });
        }

        Resolution result() {
            if (found.isEmpty()) {
                return new Resolution.Nowhere(Resolution.Kind.UNKNOWN);
            }
            if (found.size() > MOST_RECIPIENTS) {
                return new Resolution.Nowhere(Resolution.Kind.TOO_MANY);
            }
            return accounts > 0 && full == accounts
                    ? new Resolution.Nowhere(Resolution.Kind.OVER_QUOTA)
                    : new Resolution.Found(List.copyOf(found.values()));
        }
    }

    private Optional<AddressEntry> lookup(String address) {
        String domain = domainOf(address);
        return addresses
                .get(address)
                .or(() -> addresses.get(withoutDetail(address)))
                .or(() -> addresses.get("*@" + domain))
                .or(() -> withoutDetail(address).equals(POSTMASTER + "@" + domain)
                        ? firstAccount(domain)
                        : Optional.empty());
    }

    /** The addresses for reports come before the catch-all, but not before an account or alias of that very name. */
    private boolean takesReports(String address) {
        return ReportAddress.matches(address) && addresses.get(address).isEmpty();
    }

    private Optional<AddressEntry> firstAccount(String domain) {
        return addresses.values().stream()
                .filter(entry -> entry.kind() == AddressEntry.Kind.ACCOUNT)
                .filter(entry -> domainOf(entry.address()).equals(domain))
                .min((a, b) -> a.address().compareTo(b.address()));
    }

    private boolean leadsTo(AddressEntry alias, String account, int depth, Set<String> seen) {
        if (alias.targets().contains(account)) {
            return true;
        }
        return depth < DEEPEST_ALIAS
                && alias.targets().stream()
                        .filter(seen::add)
                        .map(addresses::get)
                        .flatMap(Optional::stream)
                        .filter(entry -> entry.kind() == AddressEntry.Kind.ALIAS)
                        .anyMatch(entry -> leadsTo(entry, account, depth + 1, seen));
    }

    private boolean isFull(AddressEntry account) {
        return account.quota() > 0
                && usage.get(account.address()).map(UsageEntry::bytes).orElse(0L) >= account.quota();
    }

    /** An address as the tables have it: {@link EmailAddress#normalized()}. */
    private static String key(String address) {
        return EmailAddress.parse(address)
                .map(EmailAddress::normalized)
                .orElseGet(() -> address.toLowerCase(Locale.ROOT));
    }

    private static String domainOf(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static String withoutDetail(String address) {
        int at = address.lastIndexOf('@');
        int plus = address.indexOf('+');
        return plus > 0 && plus < at ? address.substring(0, plus) + address.substring(at) : address;
    }
}

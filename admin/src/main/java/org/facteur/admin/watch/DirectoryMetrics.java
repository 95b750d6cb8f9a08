package org.facteur.admin.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.UsageEntry;
import org.facteur.platform.directory.TableView;

/** The meters of the directory: how many domains and accounts there are, and what they keep. Read from the views in memory. */
public final class DirectoryMetrics {
    private final TableView<DomainEntry> domains;
    private final TableView<AddressEntry> addresses;
    private final TableView<UsageEntry> usage;

    private DirectoryMetrics(
            TableView<DomainEntry> domains, TableView<AddressEntry> addresses, TableView<UsageEntry> usage) {
        this.domains = domains;
        this.addresses = addresses;
        this.usage = usage;
    }

    /** Registers them. */
    public static void register(
            MeterRegistry registry,
            TableView<DomainEntry> domains,
            TableView<AddressEntry> addresses,
            TableView<UsageEntry> usage) {
        DirectoryMetrics metrics = new DirectoryMetrics(domains, addresses, usage);
        metrics.gauge(registry, "facteur_domains", "Domains whose mail lives here", self -> self.domains
                .values()
                .size());
        metrics.gauge(registry, "facteur_accounts", "Accounts", self -> self.accounts()
                .count());
        metrics.gauge(
                registry,
                "facteur_accounts_over_quota",
                "Accounts that keep as much as they may, or more",
                self -> self.accounts().filter(self::isFull).count());
        metrics.gauge(registry, "facteur_mailbox_octets", "Octets that all accounts keep", self -> self.accounts()
                .mapToLong(self::used)
                .sum());
    }

    private void gauge(MeterRegistry registry, String name, String what, ToDoubleFunction<DirectoryMetrics> value) {
        Gauge.builder(name, this, value).description(what).strongReference(true).register(registry);
    }

    private Stream<AddressEntry> accounts() {
        return addresses.values().stream().filter(entry -> entry.kind() == AddressEntry.Kind.ACCOUNT);
    }

    private boolean isFull(AddressEntry account) {
        return account.quota() > 0 && used(account) >= account.quota();
    }

    private long used(AddressEntry account) {
        Optional<UsageEntry> kept = usage.get(account.address());
        return kept.map(UsageEntry::bytes).orElse(0L);
    }
}

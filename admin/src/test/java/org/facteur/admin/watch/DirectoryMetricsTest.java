package org.facteur.admin.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.UsageEntry;
import org.facteur.platform.directory.MapTable;
import org.junit.jupiter.api.Test;

class DirectoryMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void accountsCountAndAliasesDoNot() {
        MapTable<DomainEntry> domains = new MapTable<>();
        MapTable<AddressEntry> addresses = new MapTable<>();
        MapTable<UsageEntry> usage = new MapTable<>();
        DirectoryMetrics.register(registry, domains, addresses, usage);
        assertThat(value("facteur_accounts")).isZero();

        domains.put("a.example", new DomainEntry("a.example", Instant.EPOCH));
        addresses
                .put("full@a.example", AddressEntry.account("full@a.example", "", 100, ""))
                .put("some@a.example", AddressEntry.account("some@a.example", "", 100, ""))
                .put("free@a.example", AddressEntry.account("free@a.example", "", 0, ""))
                .put("all@a.example", AddressEntry.alias("all@a.example", List.of("some@a.example")));
        usage.put("full@a.example", new UsageEntry("full@a.example", 100, 3))
                .put("some@a.example", new UsageEntry("some@a.example", 99, 2))
                .put("free@a.example", new UsageEntry("free@a.example", 1000, 1))
                .put("gone@a.example", new UsageEntry("gone@a.example", 5000, 1));
        assertThat(value("facteur_domains")).isEqualTo(1);
        assertThat(value("facteur_accounts")).isEqualTo(3);
        assertThat(value("facteur_accounts_over_quota")).isEqualTo(1);
        assertThat(value("facteur_mailbox_octets")).isEqualTo(1199);
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }
}

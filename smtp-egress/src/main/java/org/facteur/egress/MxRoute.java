package org.facteur.egress;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.facteur.platform.dns.Dns;
import org.facteur.platform.dns.DnsAnswer;
import org.facteur.platform.dns.MxRecord;

/** Which hosts take mail for a domain, in the order in which to try them (RFC 5321 section 5.1, RFC 7505). */
sealed interface MxRoute {
    /** These, in this order. */
    record Hosts(List<String> names) implements MxRoute {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.hosts(names);
        }
    }

    /** The domain says that it takes no mail, or does not exist. */
    record Refused(String status, String why) implements MxRoute {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.refused(status, why);
        }
    }

    /** DNS does not answer. */
    record Unknown(String why) implements MxRoute {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.unknown(why);
        }
    }

    /** One answer for each kind. */
    interface Cases<T> {
        T hosts(List<String> names);

        T refused(String status, String why);

        T unknown(String why);
    }

    <T> T match(Cases<T> cases);

    /**
     * Looks the route up.
     *
     * @param self our own name: hosts from our own preference on are left out, mail would loop
     */
    static Future<MxRoute> of(String domain, String self, Dns dns, RandomGenerator random) {
        if (domain.startsWith("[") && domain.endsWith("]")) {
            return Future.succeededFuture(new Hosts(List.of(literal(domain))));
        }
        return dns.mx(domain).map(answer -> decide(domain, self, answer, random));
    }

    private static MxRoute decide(String domain, String self, DnsAnswer<MxRecord> answer, RandomGenerator random) {
        return switch (answer.status()) {
            case TEMPORARY_FAILURE -> new Unknown("DNS does not answer for the MX of " + domain);
            case NX_DOMAIN -> new Refused("5.1.2", "the domain " + domain + " does not exist");
            case NO_DATA -> new Hosts(List.of(domain));
            case FOUND -> ordered(domain, self, answer.records(), random);
        };
    }

    private static MxRoute ordered(String domain, String self, List<MxRecord> records, RandomGenerator random) {
        if (records.stream().allMatch(MxRecord::isNull)) {
            return new Refused("5.1.10", domain + " takes no mail (null MX)");
        }
        int own = records.stream()
                .filter(mx -> mx.exchange().equalsIgnoreCase(self))
                .mapToInt(MxRecord::preference)
                .min()
                .orElse(Integer.MAX_VALUE);
        Map<Integer, List<String>> byPreference = new TreeMap<>();
        records.stream().filter(mx -> !mx.isNull() && mx.preference() < own).forEach(mx -> byPreference
                .computeIfAbsent(mx.preference(), preference -> new ArrayList<>())
                .add(mx.exchange()));
        List<String> names = new ArrayList<>();
        for (List<String> equal : byPreference.values()) {
            equal.sort(Comparator.naturalOrder());
            for (int i = equal.size(); i > 0; i--) {
                names.add(equal.remove(random.nextInt(i)));
            }
        }
        return names.isEmpty()
                ? new Refused("5.4.6", "the MX of " + domain + " leads back to " + self)
                : new Hosts(names);
    }

    private static String literal(String domain) {
        String inner = domain.substring(1, domain.length() - 1);
        return inner.regionMatches(true, 0, "IPv6:", 0, 5) ? inner.substring(5) : inner;
    }
}

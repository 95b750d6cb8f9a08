package org.facteur.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Deliver;
import org.facteur.mail.record.Outbound;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.ReportMail;
import org.facteur.mail.record.Submitted;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private static final Recipient BOB = new Recipient("team@here.test", "bob@here.test", true);

    @Test
    void onlyLocal() {
        Routing routing = Routing.of(submitted(BOB), "X: 1\r\n");
        assertThat(routing.remote()).isEmpty();
        Deliver deliver = routing.local().get(0);
        assertThat(deliver.id()).isEqualTo("m");
        assertThat(deliver.recipients()).containsExactly(BOB);
        assertThat(deliver.prepend()).isEqualTo("X: 1\r\n");
        assertThat(deliver.disposition()).isEqualTo(Deliver.Disposition.INBOX);
        assertThat(deliver.reversePath()).isEqualTo("alice@here.test");
    }

    @Test
    void oneRecordForEachDomain() {
        Routing routing = Routing.of(
                submitted(remote("a@x.test"), remote("b@Y.test"), remote("c@x.test"), remote("a@x.test")), "");
        assertThat(routing.local()).isEmpty();
        assertThat(routing.remote()).extracting(Outbound::domain).containsExactly("x.test", "y.test");
        assertThat(routing.remote().get(0).recipients()).containsExactly("a@x.test", "c@x.test");
        assertThat(routing.remote().get(0).account()).isEqualTo("alice@here.test");
        assertThat(routing.remote().get(0).acceptedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void reportsGoToWhereTheyAreRead() {
        Recipient reports = Recipient.reports("dmarc-reports@here.test", "dmarc-reports@here.test");
        Routing routing = Routing.of(submitted(reports), "");
        assertThat(routing.local()).isEmpty();
        assertThat(routing.remote()).isEmpty();
        assertThat(routing.reports())
                .containsExactly(new ReportMail(
                        1, "m", Instant.EPOCH, "alice@here.test", "here.test", "here.test", ReportMail.LOCAL, ""));
    }

    @Test
    void both() {
        Routing routing = Routing.of(submitted(BOB, remote("a@x.test")), "");
        assertThat(routing.local()).hasSize(1);
        assertThat(routing.remote()).hasSize(1);
    }

    private static Recipient remote(String address) {
        return new Recipient(address, address, false);
    }

    private static Submitted submitted(Recipient... recipients) {
        return new Submitted(
                1,
                "m",
                Instant.EPOCH,
                Submitted.Origin.SUBMISSION,
                "alice@here.test",
                new Client("", "", ""),
                "alice@here.test",
                List.of(recipients),
                false,
                "");
    }
}

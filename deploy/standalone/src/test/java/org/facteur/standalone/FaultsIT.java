package org.facteur.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is down comes back, and nothing that got a 250 is lost or doubled meanwhile. */
class FaultsIT {
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        // Unsigned test mail from 127.0.0.1 passes by SPF.
        world = new World(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @Test
    void kafkaStopsUnderLoad() throws Exception {
        world.account("kafka@demo.test");
        Load load = Load.start(world.port("smtp"), "kafka@demo.test", "kafka", 600, 10);
        World.eventually(() -> load.accepted().size() > 100);
        world.standalone.kafka().stop();
        World.eventually(() -> load.refusals().stream().anyMatch(reply -> reply.startsWith("451 4.3.0")));
        world.standalone.kafka().start();
        load.finish();
        // Service resumes by itself.
        World.eventually(() -> {
            try (SmtpTalk talk = new SmtpTalk(world.port("smtp"))) {
                return talk.send("carol@outside.test", "kafka@demo.test", SmtpTalk.message("kafka-after"))
                        .startsWith("250");
            }
        });
        World.eventually(() -> subjects("kafka@demo.test").containsKey("kafka-after"));
        World.eventually(() -> subjects("kafka@demo.test").keySet().stream()
                        .filter(subject -> !subject.equals("kafka-after"))
                        .count()
                >= load.accepted().size());
        Map<String, Integer> found = subjects("kafka@demo.test");
        for (int n : load.accepted()) {
            assertThat(found).as("message %d got a 250", n).containsEntry("kafka-" + n, 1);
        }
        assertThat(found.entrySet())
                .allSatisfy(entry -> assertThat(entry.getValue()).isEqualTo(1));
    }

    @Test
    void postgresStops() throws Exception {
        world.account("postgres@demo.test");
        world.standalone.postgres().stop();
        Load load;
        try {
            load = Load.start(world.port("smtp"), "postgres@demo.test", "postgres", 50, 5)
                    .finish();
            assertThatThrownBy(() -> subjects("postgres@demo.test"))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("UNAVAILABLE");
        } finally {
            world.standalone.postgres().start();
        }
        assertThat(load.refusals()).isEmpty();
        World.eventually(() -> subjects("postgres@demo.test").size() == 50);
        assertThat(subjects("postgres@demo.test").values()).containsOnly(1);
    }

    @Test
    void dnsStops() throws Exception {
        world.account("dns@demo.test");
        world.dns.zone().fail("elsewhere.test");
        world.dns.zone().fail("_dmarc.elsewhere.test");
        String reply;
        try (SmtpTalk talk = new SmtpTalk(world.port("smtp"))) {
            reply = talk.send("carol@elsewhere.test", "dns@demo.test", message("dns", "carol@elsewhere.test"));
        }
        if (reply.startsWith("250")) {
            World.eventually(() -> subjects("dns@demo.test").containsKey("dns"));
            String results =
                    DemoMail.header(world.port("imap"), "dns@demo.test", World.PASSWORD, "Authentication-Results");
            assertThat(results)
                    .contains("spf=temperror")
                    .doesNotContain("spf=pass")
                    .doesNotContain("dmarc=pass");
        } else {
            assertThat(reply).startsWith("451");
        }
    }

    private static String message(String subject, String from) {
        return "From: " + from + "\r\nSubject: " + subject + "\r\n\r\nText";
    }

    private static Map<String, Integer> subjects(String account) throws MessagingException {
        return Inbox.subjects(world.port("imap"), account, World.PASSWORD);
    }
}

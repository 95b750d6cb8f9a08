package org.facteur.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class ReportTablesTest {
    private static final String REPORTERS = """
            "reporters": [{"organization": "receiver.test", "passed": 7, "failed": 5, "reports": 1}],
            "reports": [{"messageId": "m1", "sender": "a.test", "problem": "", "counted": true},
              {"messageId": "m2", "sender": "b.test", "problem": "", "counted": false},
              {"messageId": "m3", "sender": "c.test", "problem": "the archive is broken", "counted": false}]""";

    @Test
    void dmarcNamesTheSources() throws Exception {
        assertThat(printed(ReportTables::dmarc, """
                {"domain": "here.test", "since": "2026-01-01T00:00:00Z", "messages": {"passed": 7, "failed": 5},
                 "sources": [{"source": "192.0.2.9", "passed": 0, "failed": 5, "names": ["x.test", "y.test"]}],
                """ + REPORTERS + "}")).isEqualTo("""
                here.test since 2026-01-01T00:00:00Z: 7 messages passed, 5 failed

                SOURCE     PASSED  FAILED  NAMES
                192.0.2.9  0       5       x.test y.test

                REPORTED BY    PASSED  FAILED  REPORTS
                receiver.test  7       5       1
                not counted: message m2 fails DMARC as b.test
                unreadable: message m3 of c.test: the archive is broken
                """);
    }

    @Test
    void tlsNamesTheFailures() throws Exception {
        assertThat(printed(ReportTables::tls, """
                {"domain": "here.test", "since": "2026-01-01T00:00:00Z", "sessions": {"passed": 20, "failed": 3},
                 "failures": [{"policyType": "sts", "result": "certificate-expired", "mx": "mx.here.test", "sessions": 3}]}
                """)).isEqualTo("""
                here.test since 2026-01-01T00:00:00Z: 20 sessions passed, 3 failed

                FAILURE              SESSIONS  MX            POLICY
                certificate-expired  3         mx.here.test  sts
                """);
    }

    private static String printed(BiConsumer<PrintWriter, JsonNode> table, String summary)
            throws JsonProcessingException {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        table.accept(writer, new ObjectMapper().readTree(summary));
        writer.flush();
        return out.toString();
    }
}

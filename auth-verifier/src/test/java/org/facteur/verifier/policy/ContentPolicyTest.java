package org.facteur.verifier.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.facteur.mail.record.Verdict;
import org.facteur.verifier.content.Finding;
import org.facteur.verifier.content.ScanResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentPolicyTest {
    /** Columns: policies of rspamd and clamd, their findings, verdicts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REJECT REJECT | CLEAN CLEAN | ''",
                "REJECT REJECT | ERROR ERROR | ''",
                "REJECT REJECT | SKIPPED SKIPPED | ''",
                "REJECT REJECT | GREYLIST CLEAN | ''",
                "REJECT REJECT | JUNK CLEAN | quarantine",
                "REJECT REJECT | DEFER CLEAN | 451 4.7.1 rspamd",
                "REJECT REJECT | REJECT CLEAN | 550 5.7.1 rspamd",
                "REJECT REJECT | CLEAN REJECT | 550 5.7.1 clamd",
                "REJECT REJECT | REJECT REJECT | 550 5.7.1 clamd, 550 5.7.1 rspamd",
                "REJECT REJECT | ERROR REJECT | 550 5.7.1 clamd",
                "JUNK JUNK | REJECT CLEAN | quarantine",
                "JUNK JUNK | JUNK CLEAN | quarantine",
                "JUNK JUNK | DEFER CLEAN | ''",
                "JUNK JUNK | CLEAN REJECT | quarantine",
                "NONE NONE | REJECT REJECT | ''",
                "NONE REJECT | REJECT REJECT | 550 5.7.1 clamd",
            })
    void decides(String policies, String findings, String expected) {
        String[] policy = policies.split(" ");
        String[] finding = findings.split(" ");
        assertThat(new ContentPolicy(Action.valueOf(policy[0]), Action.valueOf(policy[1]))
                        .decide("id", List.of(result("rspamd", finding[0]), result("clamd", finding[1])))
                        .map(ContentPolicyTest::text)
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    @Test
    void refusalsSayWhyInOneLine() {
        ContentPolicy policy = new ContentPolicy(Action.REJECT, Action.REJECT);
        assertThat(policy.decide("id", List.of(result("rspamd", "REJECT"), result("clamd", "REJECT")))
                        .map(Verdict::text))
                .containsExactly(
                        "this message carries the virus Words of clamd??250 OK",
                        "rspamd refuses this message: Words of rspamd??250 OK");
    }

    private static ScanResult result(String scanner, String finding) {
        return new ScanResult(
                scanner, Finding.valueOf(finding), "", "Words of " + scanner + "\r\n250 OK", List.of(), "");
    }

    private static String text(Verdict verdict) {
        return verdict.decision() == Verdict.Decision.REJECT
                ? verdict.code() + " " + verdict.enhanced() + " " + verdict.method()
                : "quarantine";
    }
}

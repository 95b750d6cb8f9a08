package org.facteur.admin.dmarc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateXmlTest {
    private static final AggregateReport REPORT = new AggregateReport(
            "mail.here.test",
            "postmaster@here.test",
            "0123456789abcdef0123456789",
            LocalDate.parse("2025-11-25"),
            Seen.policy("there.test", "mailto:rua@there.test"),
            List.of(
                    new AggregateReport.Line(
                            ObservedRow.of(Seen.message(Instant.EPOCH, "192.0.2.1", true, Seen.policy("there.test"))),
                            3),
                    new AggregateReport.Line(
                            ObservedRow.of(
                                    Seen.message(Instant.EPOCH, "2001:db8::1", false, Seen.policy("there.test"))),
                            1)),
            "");

    @Test
    void theDocumentIsThatOfTheStandard() {
        assertThat(new String(AggregateXml.of(REPORT), UTF_8)).isEqualTo("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">
                        <version>1.0</version>
                        <report_metadata>
                        <org_name>mail.here.test</org_name>
                        <email>postmaster@here.test</email>
                        <report_id>0123456789abcdef0123456789</report_id>
                        <date_range><begin>1764028800</begin><end>1764115199</end></date_range>
                        <generator>Facteur</generator>
                        </report_metadata>
                        <policy_published>
                        <domain>there.test</domain>
                        <p>reject</p><sp>reject</sp><np>reject</np><adkim>r</adkim><aspf>s</aspf>
                        <discovery_method>treewalk</discovery_method><testing>n</testing>
                        </policy_published>
                        <record>
                        <row><source_ip>192.0.2.1</source_ip><count>3</count>
                        <policy_evaluated><disposition>pass</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated>
                        </row>
                        <identifiers>
                        <envelope_to>here.test</envelope_to>
                        <envelope_from>bounce.test</envelope_from>
                        <header_from>news.there.test</header_from>
                        </identifiers>
                        <auth_results>
                        <dkim><domain>there.test</domain><selector>sel</selector><result>pass</result></dkim>
                        <spf><domain>bounce.test</domain><scope>mfrom</scope><result>softfail</result></spf>
                        </auth_results>
                        </record>
                        <record>
                        <row><source_ip>2001:db8::1</source_ip><count>1</count>
                        <policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf>
                        <reason><type>local_policy</type><comment>&lt;&amp;&gt;?</comment></reason>
                        </policy_evaluated>
                        </row>
                        <identifiers>
                        <envelope_to>here.test</envelope_to>
                        <envelope_from>bounce.test</envelope_from>
                        <header_from>news.there.test</header_from>
                        </identifiers>
                        <auth_results>
                        <dkim><domain>there.test</domain><selector>sel</selector><result>fail</result>
                        <human_result>body hash differs</human_result></dkim>
                        <spf><domain>bounce.test</domain><scope>mfrom</scope><result>softfail</result></spf>
                        </auth_results>
                        </record>
                        </feedback>
                        """.replace("\n", ""));
    }

    @Test
    void fileAndSubjectAreNamedAsTheStandardSays() {
        assertThat(REPORT.fileName())
                .isEqualTo("mail.here.test!there.test!1764028800!1764115199!0123456789abcdef0123456789.xml.gz");
        assertThat(REPORT.subject())
                .isEqualTo(
                        "Report Domain: there.test Submitter: mail.here.test Report-ID: <0123456789abcdef0123456789>");
        assertThat(REPORT.messages()).isEqualTo(4);
    }

    @Test
    void theMessageCarriesIt() {
        String message = new String(
                ReportMessage.of(REPORT, List.of("rua@there.test"), Instant.parse("2025-11-26T01:00:00Z")), UTF_8);
        assertThat(message)
                .contains(
                        "From: postmaster@here.test\r\n",
                        "To: rua@there.test\r\n",
                        "Message-ID: <0123456789abcdef0123456789@mail.here.test>\r\n",
                        "Auto-Submitted: auto-generated\r\n",
                        "Content-Type: application/gzip;",
                        "Submitter: mail.here.test Report-ID:\r\n <0123456789abcdef0123456789>\r\n",
                        "\tfilename=\"" + REPORT.fileName() + "\"\r\n")
                .doesNotContain("\n\n");
    }
}

package org.facteur.admin.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Reports and messages for tests. */
public final class ReportTexts {
    private ReportTexts() {}

    /** A report of receiver.test about a domain, with 7 messages that pass and 5 that fail. */
    public static String dmarc(String domain, String reportId) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <feedback>
                  <version>1.0</version>
                  <report_metadata>
                    <org_name>receiver.test</org_name>
                    <email>dmarc@receiver.test</email>
                    <report_id>%s</report_id>
                    <date_range><begin>1764028800</begin><end>1764115199</end></date_range>
                  </report_metadata>
                  <policy_published><domain>%s</domain><p>quarantine</p><sp>none</sp><pct>100</pct></policy_published>
                  <record>
                    <row>
                      <source_ip>192.0.2.1</source_ip><count>7</count>
                      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated>
                    </row>
                    <identifiers><header_from>%s</header_from></identifiers>
                    <auth_results>
                      <dkim><domain>%s</domain><selector>a</selector><result>pass</result></dkim>
                      <spf><domain>other.test</domain><result>pass</result></spf>
                    </auth_results>
                  </record>
                  <record>
                    <row>
                      <source_ip>2001:DB8::5</source_ip><count>5</count>
                      <policy_evaluated>
                        <disposition>none</disposition><dkim>fail</dkim><spf>fail</spf>
                        <reason><type>local_policy</type><comment>arc=pass</comment></reason>
                      </policy_evaluated>
                    </row>
                    <identifiers><envelope_from>spam.test</envelope_from><header_from>%s</header_from></identifiers>
                    <auth_results><spf><domain>spam.test</domain><result>softfail</result></spf></auth_results>
                  </record>
                </feedback>
                """.formatted(reportId, domain, domain, domain, domain);
    }

    /** A TLS report of receiver.test about a domain (RFC 8460 appendix B), with 5,326 good sessions and 303 bad ones. */
    public static String tls(String domain, String reportId) {
        return """
                {"organization-name": "receiver.test",
                 "date-range": {"start-datetime": "2025-11-25T00:00:00Z", "end-datetime": "2025-11-25T23:59:59Z"},
                 "contact-info": "sts-reporting@receiver.test",
                 "report-id": "%s",
                 "policies": [{
                   "policy": {"policy-type": "sts", "policy-string": ["version: STSv1", "mode: testing"],
                     "policy-domain": "%s", "mx-host": ["*.mail.%s"]},
                   "summary": {"total-successful-session-count": 5326, "total-failure-session-count": 303},
                   "failure-details": [
                     {"result-type": "certificate-expired", "sending-mta-ip": "2001:db8:abcd:0012::1",
                      "receiving-mx-hostname": "mx1.mail.%s", "failed-session-count": 100},
                     {"result-type": "starttls-not-supported", "sending-mta-ip": "2001:db8:abcd:0013::1",
                      "receiving-mx-hostname": "mx2.mail.%s", "receiving-ip": "203.0.113.56",
                      "failed-session-count": 203, "additional-information": "https://reports.test/x"}]}]}
                """.formatted(reportId, domain, domain, domain, domain);
    }

    /** A message with one file attached. */
    public static byte[] message(String type, String name, byte[] file) {
        return ("""
                From: dmarc@receiver.test\r
                To: dmarc-reports@here.test\r
                Subject: Report Domain: here.test Submitter: receiver.test Report-ID: <1>\r
                MIME-Version: 1.0\r
                Content-Type: multipart/mixed; boundary=b\r
                \r
                --b\r
                Content-Type: text/plain\r
                \r
                This is a report.\r
                --b\r
                Content-Type: %s; name="%s"\r
                Content-Transfer-Encoding: base64\r
                Content-Disposition: attachment; filename="%s"\r
                \r
                %s\r
                --b--\r
                """.formatted(type, name, name, Base64.getMimeEncoder().encodeToString(file))).getBytes(UTF_8);
    }

    /** Octets in gzip. */
    public static byte[] gzip(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A zip archive with these files. */
    public static byte[] zip(byte[]... files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < files.length; i++) {
                zip.putNextEntry(new ZipEntry("report" + i + ".xml"));
                zip.write(files[i]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

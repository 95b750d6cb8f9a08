package org.facteur.admin.reports;

import java.util.ArrayList;
import java.util.List;

/**
 * What is in one message: reports, or the reason why there are none.
 *
 * @param problem empty where at least one report can be read
 */
record ReportReading(List<Report> reports, String problem) {
    /** Reads a message; it never fails, whatever the octets are. */
    static ReportReading of(byte[] message) {
        List<Report> reports = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try {
            for (byte[] file : ReportFiles.in(message)) {
                try {
                    byte[] content = Unpacking.open(file);
                    reports.add(
                            TlsReportReader.isJson(content)
                                    ? TlsReportReader.read(content)
                                    : DmarcReportReader.read(content));
                } catch (UnreadableReport e) {
                    problems.add(e.getMessage());
                }
            }
        } catch (UnreadableReport e) {
            problems.add(e.getMessage());
        }
        return reports.isEmpty() ? unreadable(problems.get(0)) : new ReportReading(reports, "");
    }

    static ReportReading unreadable(String problem) {
        return new ReportReading(List.of(), problem);
    }
}

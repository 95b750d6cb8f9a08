package org.facteur.admin.reports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/**
 * Takes a report out of its archive, by what the octets are and not by what the file is called. What comes out is bounded
 * ({@value #MOST_OCTETS} octets, {@value #MOST_RATIO} times what went in), and no archive within an archive is opened.
 */
final class Unpacking {
    /** The largest report that is read, in octets. */
    static final int MOST_OCTETS = 16 * 1024 * 1024;

    /** Deflate reaches 1,032; the largest reports in the wild stay under 60. */
    static final int MOST_RATIO = 200;

    private static final int SMALL = 64 * 1024; // below it the ratio says nothing

    private Unpacking() {}

    /** The report in a file: gzip, zip with one file, or plain. */
    static byte[] open(byte[] file) throws UnreadableReport {
        try {
            if (isGzip(file)) {
                return inner(read(new GZIPInputStream(new ByteArrayInputStream(file)), file.length));
            }
            return isZip(file) ? inner(unzip(file)) : bounded(file);
        } catch (IOException e) {
            throw new UnreadableReport("the archive is broken: " + Words.of(e.getMessage(), 100));
        }
    }

    private static byte[] unzip(byte[] file) throws IOException, UnreadableReport {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            if (zip.getNextEntry() == null) {
                throw new UnreadableReport("the archive is empty or broken");
            }
            byte[] content = read(zip, file.length);
            if (zip.getNextEntry() != null) {
                throw new UnreadableReport("the archive has several files");
            }
            return content;
        } catch (IllegalArgumentException e) {
            throw new UnreadableReport("the archive is broken");
        }
    }

    private static byte[] read(InputStream in, int packed) throws IOException, UnreadableReport {
        int most = (int) Math.min(MOST_OCTETS, Math.max(SMALL, (long) packed * MOST_RATIO));
        byte[] content = in.readNBytes(most + 1);
        if (content.length > most) {
            throw new UnreadableReport("the archive holds more than " + most + " octets");
        }
        return content;
    }

    private static byte[] inner(byte[] content) throws UnreadableReport {
        if (isGzip(content) || isZip(content)) {
            throw new UnreadableReport("an archive within an archive");
        }
        return content;
    }

    private static byte[] bounded(byte[] file) throws UnreadableReport {
        if (file.length > MOST_OCTETS) {
            throw new UnreadableReport("the file is larger than " + MOST_OCTETS + " octets");
        }
        return file;
    }

    static boolean isGzip(byte[] file) {
        return file.length > 2 && (file[0] & 0xff) == 0x1f && (file[1] & 0xff) == 0x8b;
    }

    static boolean isZip(byte[] file) {
        return file.length > 3 && file[0] == 'P' && file[1] == 'K' && file[2] < 9 && file[3] < 9;
    }
}

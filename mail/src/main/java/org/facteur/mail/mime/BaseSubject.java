package org.facteur.mail.mime;

import java.util.Locale;
import org.facteur.mail.header.EncodedWord;

/**
 * The base subject of a message (RFC 5256 section 2.1), by which SORT and THREAD compare.
 *
 * @param text the subject, decoded, without what replies and forwards put around it, in its original case
 * @param replyOrForward whether anything of a reply or forward was taken off
 */
public record BaseSubject(String text, boolean replyOrForward) {
    /** Longest subject that is looked at, in UTF-16 units. */
    private static final int MAX_LENGTH = 1000;

    /** The base subject of an unfolded Subject value, encoded words or not. */
    public static BaseSubject of(String subject) {
        String decoded = EncodedWord.decode(subject);
        String rest = (decoded.length() > MAX_LENGTH ? decoded.substring(0, MAX_LENGTH) : decoded)
                .replaceAll("[\\s\\p{Cntrl}]+", " ");
        boolean reply = false;
        boolean changed = true;
        while (changed) {
            String untrailed = withoutTrailer(rest);
            reply |= untrailed.length() < rest.stripTrailing().length();
            rest = untrailed;
            int leader = leader(rest);
            while (leader > 0) {
                boolean refwd = refwdEnd(rest, 0) > 0;
                if (!refwd && rest.charAt(0) == '[' && rest.substring(leader).isBlank()) {
                    break; // step 4: a blob that is all there is stays
                }
                reply |= refwd;
                rest = rest.substring(leader);
                leader = leader(rest);
            }
            String lower = rest.toLowerCase(Locale.ROOT);
            changed = lower.startsWith("[fwd:") && lower.endsWith("]");
            if (changed) {
                rest = rest.substring(5, rest.length() - 1);
                reply = true;
            }
        }
        return new BaseSubject(rest.strip(), reply);
    }

    /** Step 2: {@code subj-trailer = "(fwd)" / WSP}. */
    private static String withoutTrailer(String subject) {
        String rest = subject.stripTrailing();
        while (rest.toLowerCase(Locale.ROOT).endsWith("(fwd)")) {
            rest = rest.substring(0, rest.length() - 5).stripTrailing();
        }
        return rest;
    }

    /** Steps 3 and 4: length of the leader or the blob in front, 0 when there is none. */
    private static int leader(String subject) {
        if (subject.startsWith(" ")) {
            return 1;
        }
        int refwd = refwdEnd(subject, 0);
        return refwd > 0 ? refwd : blobEnd(subject, 0);
    }

    /** Behind {@code *subj-blob ("re" / "fw" ["d"]) *WSP [subj-blob] ":"}, or 0. */
    private static int refwdEnd(String subject, int from) {
        int pos = from;
        for (int blob = blobEnd(subject, pos); blob > 0; blob = blobEnd(subject, pos)) {
            pos = blob;
        }
        if (subject.regionMatches(true, pos, "re", 0, 2)) {
            pos += 2;
        } else if (subject.regionMatches(true, pos, "fwd", 0, 3)) {
            pos += 3;
        } else if (subject.regionMatches(true, pos, "fw", 0, 2)) {
            pos += 2;
        } else {
            return 0;
        }
        pos = skipSpace(subject, pos);
        int blob = blobEnd(subject, pos);
        pos = blob > 0 ? blob : pos;
        return pos < subject.length() && subject.charAt(pos) == ':' ? pos + 1 : 0;
    }

    /** Behind {@code "[" *BLOBCHAR "]" *WSP}, or 0. */
    private static int blobEnd(String subject, int from) {
        if (from >= subject.length() || subject.charAt(from) != '[') {
            return 0;
        }
        for (int i = from + 1; i < subject.length(); i++) {
            char c = subject.charAt(i);
            if (c == '[') {
                return 0;
            }
            if (c == ']') {
                return skipSpace(subject, i + 1);
            }
        }
        return 0;
    }

    private static int skipSpace(String subject, int from) {
        int pos = from;
        while (pos < subject.length() && subject.charAt(pos) == ' ') {
            pos++;
        }
        return pos;
    }
}

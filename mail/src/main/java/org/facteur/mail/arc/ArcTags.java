package org.facteur.mail.arc;

import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.DomainName;
import org.facteur.mail.dkim.TagList;
import org.facteur.mail.dkim.TagSyntaxException;

/** The tags that ARC-Seal and ARC-Message-Signature have in common (RFC 8617 sections 4.1.2, 4.1.3 and 4.2.1). */
final class ArcTags {
    private ArcTags() {}

    /** {@code position = 1*2DIGIT ; 1 - 50}. */
    static int instance(String text) throws TagSyntaxException {
        if (text.matches("[0-9]{1,2}")) {
            int instance = Integer.parseInt(text);
            if (instance >= 1 && instance <= ArcChain.MOST_SETS) {
                return instance;
            }
        }
        throw new TagSyntaxException("i= is no number from 1 to " + ArcChain.MOST_SETS);
    }

    /** a=; rsa-sha1 is no algorithm any more (RFC 8301 section 3.1). */
    static DkimAlgorithm algorithm(TagList tags) throws TagSyntaxException {
        String a = tags.required("a");
        return DkimAlgorithm.named(a)
                .orElseThrow(() -> new TagSyntaxException(
                        a.equals("rsa-sha1") ? "rsa-sha1 is not accepted" : "unknown algorithm in a="));
    }

    /** d= or s=, in lower-case A-labels. */
    static String domain(TagList tags, String name) throws TagSyntaxException {
        return DomainName.toAscii(tags.required(name))
                .orElseThrow(() -> new TagSyntaxException("tag " + name + "= is no domain name"));
    }
}

package org.facteur.mail.arc;

import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.TagList;
import org.facteur.mail.dkim.TagSyntaxException;

/**
 * An ARC-Seal field, parsed (RFC 8617 section 4.1.3).
 *
 * @param instance i=
 * @param chain cv=, what the sealer thought of the chain below
 * @param algorithm a=
 * @param signature b=, decoded
 * @param domain d=, the sealer, in lower-case A-labels
 * @param selector s=
 * @param field the field itself
 * @param value where the value of b= lies in the field
 */
public record ArcSeal(
        int instance,
        ArcStatus chain,
        DkimAlgorithm algorithm,
        byte[] signature,
        String domain,
        String selector,
        RawField field,
        TagList.Tag value) {
    /** The field's name in lower case. */
    public static final String FIELD = "arc-seal";

    /** Reads a field; fails where the tags break the grammar. Unknown tags are ignored, h= is forbidden. */
    static ArcSeal parse(RawField field) throws TagSyntaxException {
        TagList tags = TagList.parse(field.bytes(), field.colon() + 1, field.end());
        if (tags.tag("h").isPresent()) {
            throw new TagSyntaxException("tag h= is not allowed");
        }
        tags.number("t");
        return new ArcSeal(
                ArcTags.instance(tags.required("i")),
                ArcStatus.named(tags.required("cv")).orElseThrow(() -> new TagSyntaxException("unknown word in cv=")),
                ArcTags.algorithm(tags),
                tags.base64("b"),
                ArcTags.domain(tags, "d"),
                ArcTags.domain(tags, "s"),
                field,
                tags.tag("b").orElseThrow());
    }

    /** The DNS name of its key record. */
    public String keyName() {
        return selector + "._domainkey." + domain;
    }
}

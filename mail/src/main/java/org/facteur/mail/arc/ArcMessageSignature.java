package org.facteur.mail.arc;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.facteur.mail.dkim.BodyHasher;
import org.facteur.mail.dkim.Canonicalization;
import org.facteur.mail.dkim.DkimAlgorithm;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.TagList;
import org.facteur.mail.dkim.TagSyntaxException;

/**
 * An ARC-Message-Signature field, parsed (RFC 8617 section 4.1.2): a DKIM-Signature (RFC 6376 section 3.5) without v=, whose i=
 * is the instance.
 *
 * @param instance i=
 * @param algorithm a=
 * @param signature b=, decoded
 * @param bodyHash bh=, decoded
 * @param header canonicalization of the header (c=)
 * @param body what has to be hashed of the body (c= and l=)
 * @param domain d=, in lower-case A-labels
 * @param selector s=
 * @param names h=, in lower case
 * @param expiresAt x=
 * @param field the field itself
 * @param value where the value of b= lies in the field
 */
public record ArcMessageSignature(
        int instance,
        DkimAlgorithm algorithm,
        byte[] signature,
        byte[] bodyHash,
        Canonicalization header,
        BodyHasher.Form body,
        String domain,
        String selector,
        List<String> names,
        Optional<Instant> expiresAt,
        RawField field,
        TagList.Tag value) {
    /** The field's name in lower case. */
    public static final String FIELD = "arc-message-signature";

    private static final long LATEST = 253_402_300_799L;

    /** Reads a field; fails where the tags break the grammar or it signs what it must not. Unknown tags are ignored. */
    static ArcMessageSignature parse(RawField field) throws TagSyntaxException {
        TagList tags = TagList.parse(field.bytes(), field.colon() + 1, field.end());
        String[] forms = tags.value("c").orElse("simple/simple").split("/", 2);
        OptionalLong expires = tags.number("x");
        tags.number("t");
        tags.required("h");
        return new ArcMessageSignature(
                ArcTags.instance(tags.required("i")),
                ArcTags.algorithm(tags),
                tags.base64("b"),
                tags.base64("bh"),
                form(forms[0]),
                new BodyHasher.Form(form(forms.length == 2 ? forms[1] : "simple"), tags.number("l")),
                ArcTags.domain(tags, "d"),
                ArcTags.domain(tags, "s"),
                names(tags.words("h")),
                expires.isPresent()
                        ? Optional.of(Instant.ofEpochSecond(Math.min(expires.getAsLong(), LATEST)))
                        : Optional.empty(),
                field,
                tags.tag("b").orElseThrow());
    }

    /** The DNS name of its key record. */
    public String keyName() {
        return selector + "._domainkey." + domain;
    }

    private static Canonicalization form(String word) throws TagSyntaxException {
        return Canonicalization.named(word).orElseThrow(() -> new TagSyntaxException("unknown canonicalization in c="));
    }

    /** From has to be there (RFC 6376 section 5.4), seals must not. */
    private static List<String> names(List<String> words) throws TagSyntaxException {
        List<String> names =
                words.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (!names.contains("from")) {
            throw new TagSyntaxException("From is not signed");
        }
        if (names.contains(ArcSeal.FIELD)) {
            throw new TagSyntaxException("ARC-Seal is signed");
        }
        return names;
    }
}

package org.facteur.mail.dkim;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A DKIM-Signature field, parsed (RFC 6376 section 3.5).
 *
 * @param algorithm a= as written, lower case
 * @param signature b=, decoded
 * @param bodyHash bh=, decoded
 * @param header canonicalization of the header (c=)
 * @param body canonicalization of the body (c=)
 * @param domain d=, the signing domain (SDID), lower case and in A-labels
 * @param names h=, names of the signed fields in lower case, repeated and absent ones included
 * @param identity i= (AUID); {@code @} and the domain where it is absent
 * @param limit l=, octets of the canonical body that are signed; empty for all
 * @param selector s=, in A-labels
 * @param signedAt t=
 * @param expiresAt x=
 * @param field the field itself
 * @param value where the value of b= lies in the field
 */
public record DkimSignature(
        String algorithm,
        byte[] signature,
        byte[] bodyHash,
        Canonicalization header,
        Canonicalization body,
        String domain,
        List<String> names,
        String identity,
        OptionalLong limit,
        String selector,
        Optional<Instant> signedAt,
        Optional<Instant> expiresAt,
        RawField field,
        TagList.Tag value) {
    /** The field's name in lower case. */
    public static final String FIELD = "dkim-signature";

    private static final int MOST_NAMES = 1000;
    private static final long LATEST = 253_402_300_799L;

    /** Reads a field; fails where the tags break the grammar or contradict each other. Unknown tags are ignored. */
    public static DkimSignature parse(RawField field) throws TagSyntaxException {
        TagList tags = TagList.parse(field.bytes(), field.colon() + 1, field.end());
        if (!tags.required("v").equals("1")) {
            throw new TagSyntaxException("version is not 1");
        }
        Canonicalization[] forms = forms(tags.value("c").orElse("simple/simple"));
        String domain = domain(tags.required("d"), "d");
        tags.required("h");
        Optional<Instant> signedAt = time(tags, "t");
        Optional<Instant> expiresAt = time(tags, "x");
        if (signedAt.isPresent() && expiresAt.isPresent() && !expiresAt.get().isAfter(signedAt.get())) {
            throw new TagSyntaxException("x= is not later than t=");
        }
        if (tags.tag("q").isPresent() && tags.words("q").stream().noneMatch("dns/txt"::equalsIgnoreCase)) {
            throw new TagSyntaxException("no known query method in q=");
        }
        return new DkimSignature(
                tags.required("a").toLowerCase(Locale.ROOT),
                tags.base64("b"),
                tags.base64("bh"),
                forms[0],
                forms[1],
                domain,
                names(tags),
                identity(tags, domain),
                tags.number("l"),
                domain(tags.required("s"), "s"),
                signedAt,
                expiresAt,
                field,
                tags.tag("b").orElseThrow());
    }

    /** The DNS name of its key record. */
    public String keyName() {
        return selector + "._domainkey." + domain;
    }

    /** What has to be hashed of the body. */
    public BodyHasher.Form bodyForm() {
        return new BodyHasher.Form(body, limit);
    }

    /** The domain of i=. */
    public String identityDomain() {
        return identity.substring(identity.lastIndexOf('@') + 1);
    }

    private static Canonicalization[] forms(String c) throws TagSyntaxException {
        String[] words = TagList.withoutSpace(c).toLowerCase(Locale.ROOT).split("/", 2);
        Optional<Canonicalization> header = Canonicalization.named(words[0]);
        Optional<Canonicalization> body = Canonicalization.named(words.length == 2 ? words[1] : "simple");
        if (header.isEmpty() || body.isEmpty()) {
            throw new TagSyntaxException("unknown canonicalization in c=");
        }
        return new Canonicalization[] {header.get(), body.get()};
    }

    private static List<String> names(TagList tags) throws TagSyntaxException {
        List<String> names = tags.words("h").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        if (names.size() > MOST_NAMES) {
            throw new TagSyntaxException("more than " + MOST_NAMES + " names in h=");
        }
        if (names.contains("")) {
            throw new TagSyntaxException("empty name in h=");
        }
        return names;
    }

    private static String identity(TagList tags, String domain) throws TagSyntaxException {
        Optional<String> i = tags.value("i").map(TagList::withoutSpace);
        if (i.isEmpty()) {
            return "@" + domain;
        }
        int at = i.get().lastIndexOf('@');
        if (at < 0) {
            throw new TagSyntaxException("i= has no domain");
        }
        String of = domain(i.get().substring(at + 1), "i");
        if (!of.equals(domain) && !of.endsWith("." + domain)) {
            throw new TagSyntaxException("i= is not in the domain of d=");
        }
        return i.get().substring(0, at + 1) + of;
    }

    private static String domain(String text, String tag) throws TagSyntaxException {
        return DomainName.toAscii(text).orElseThrow(() -> new TagSyntaxException("tag " + tag + "= is no domain name"));
    }

    private static Optional<Instant> time(TagList tags, String name) throws TagSyntaxException {
        OptionalLong seconds = tags.number(name);
        return seconds.isPresent()
                ? Optional.of(Instant.ofEpochSecond(Math.min(seconds.getAsLong(), LATEST)))
                : Optional.empty();
    }
}

package org.facteur.imap.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.facteur.mail.mime.IndexedPart;
import org.facteur.mail.mime.MimePart;
import org.facteur.mail.mime.PartIndex;

/** Reads the part index that the store computed at delivery. */
final class StoredParts {
    private StoredParts() {}

    /** The structure; it is read when it is first asked for, since most of FETCH does without. */
    static Parts of(byte[] encoded) {
        Supplier<PartIndex> index = new Supplier<>() {
            private PartIndex read;

            @Override
            public PartIndex get() {
                if (read == null) {
                    read = PartIndex.decode(encoded);
                }
                return read;
            }
        };
        return new Parts(number -> find(index.get(), number), () -> leaves(index.get()));
    }

    private static Optional<Part> find(PartIndex index, List<Integer> number) {
        if (number.isEmpty()) {
            return Optional.of(part(index.root(), Optional.of(part(index.root(), Optional.empty()))));
        }
        String text = number.stream().map(String::valueOf).collect(Collectors.joining("."));
        return index.part(text).map(StoredParts::part);
    }

    private static List<Part> leaves(PartIndex index) {
        List<Part> leaves = new ArrayList<>();
        collect(index.root(), leaves);
        return leaves;
    }

    private static void collect(IndexedPart part, List<Part> leaves) {
        if (part.children().isEmpty()) {
            leaves.add(part(part));
        } else {
            part.children().forEach(child -> collect(child, leaves));
        }
    }

    private static Part part(IndexedPart part) {
        boolean message =
                part.kind() == MimePart.Kind.MESSAGE && !part.children().isEmpty();
        return part(part, message ? Optional.of(part(part.children().get(0), Optional.empty())) : Optional.empty());
    }

    private static Part part(IndexedPart part, Optional<Part> message) {
        return new Part(
                part.headerStart(),
                part.bodyStart(),
                part.end(),
                part.mediaType(),
                part.charset(),
                encoding(part),
                message);
    }

    private static String encoding(IndexedPart part) {
        return switch (part.encoding()) {
            case IDENTITY -> "8bit";
            case BASE64 -> "base64";
            case QUOTED_PRINTABLE -> "quoted-printable";
            case UNKNOWN -> "unknown";
        };
    }
}

package org.facteur.imap.fetch;

import java.util.Optional;
import org.facteur.imap.fetch.FetchItem.Partial;
import org.facteur.imap.store.Email;
import org.facteur.imap.store.Part;

/** Octets {@code start} to {@code end} (exclusive) of a message: where a section lies. */
record Extent(long start, long end) {
    /** The section of a message; empty where it has no such part (the response says NIL). */
    static Optional<Extent> of(Section section, Email email) {
        return email.parts().find().apply(section.part()).flatMap(part -> of(section, part));
    }

    private static Optional<Extent> of(Section section, Part part) {
        if (section.kind().isOfMessage()) {
            return part.message()
                    .map(message -> section.kind() == Section.Kind.TEXT
                            ? new Extent(message.bodyStart(), message.end())
                            : new Extent(message.headerStart(), message.bodyStart()));
        }
        if (section.kind() == Section.Kind.MIME) {
            return Optional.of(new Extent(part.headerStart(), part.bodyStart()));
        }
        return Optional.of(new Extent(section.part().isEmpty() ? part.headerStart() : part.bodyStart(), part.end()));
    }

    long length() {
        return end - start;
    }

    /** What a partial fetch asks of it; empty beyond its end. */
    Extent partial(Optional<Partial> partial) {
        if (partial.isEmpty()) {
            return this;
        }
        long from = Math.min(end, start + Math.min(partial.get().first(), length()));
        return new Extent(from, from + Math.min(partial.get().count(), end - from));
    }
}

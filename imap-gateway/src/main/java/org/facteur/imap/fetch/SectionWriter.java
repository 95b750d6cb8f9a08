package org.facteur.imap.fetch;

import io.vertx.core.Future;
import java.util.Optional;
import org.facteur.imap.fetch.FetchItem.Binary;
import org.facteur.imap.fetch.FetchItem.BinarySize;
import org.facteur.imap.fetch.FetchItem.Body;
import org.facteur.imap.fetch.FetchItem.Partial;
import org.facteur.imap.session.Refusal;
import org.facteur.imap.session.Reply;
import org.facteur.imap.store.Content;
import org.facteur.imap.store.Email;
import org.facteur.imap.store.Part;
import org.facteur.imap.syntax.Wire;
import org.facteur.platform.net.Connection;

/** Writes the items of a FETCH response that are made of the message's octets. */
final class SectionWriter {
    private static final int FLUSH = 1 << 16;
    private static final long MAX_HEADER = 1 << 22;
    private static final long MAX_DECODED = 1 << 24;

    private final ContentReader reader;
    private final Connection connection;

    SectionWriter(ContentReader reader, Connection connection) {
        this.reader = reader;
        this.connection = connection;
    }

    /** Adds an item; what is large goes to the client meanwhile. The wire to go on with. */
    Future<Wire> write(FetchItem item, Email email, Content content, Wire wire) {
        if (item instanceof Body body) {
            return body(body, email, content, wire);
        }
        if (item instanceof Binary binary) {
            return binary(binary, email, content, wire);
        }
        Section section = ((BinarySize) item).section();
        return decoded(section, email, content).map(octets -> wire.text("BINARY.SIZE")
                .text(section.wire())
                .text(" ")
                .number(octets.map(bytes -> bytes.length).orElse(0)));
    }

    private Future<Wire> body(Body item, Email email, Content content, Wire wire) {
        wire.text(item.label());
        origin(wire, item.partial());
        Optional<Extent> whole = Extent.of(item.section(), email);
        if (whole.isEmpty()) {
            return Future.succeededFuture(wire.text(" NIL"));
        }
        Section section = item.section();
        if (!section.fields().isEmpty()) {
            boolean not = section.kind() == Section.Kind.HEADER_FIELDS_NOT;
            Extent header = new Extent(
                    whole.get().start(), Math.min(whole.get().end(), whole.get().start() + MAX_HEADER));
            return reader.read(content, header)
                    .map(octets -> HeaderFields.pick(octets, section.lowerCaseFields(), not))
                    .map(picked -> literal(wire, picked, item.partial()));
        }
        Extent extent = whole.get().partial(item.partial());
        wire.text(" ").literalSize(extent.length());
        if (content instanceof Content.Held held) {
            wire.octets(held.octets(), (int) extent.start(), (int) extent.length());
            return wire.length() < FLUSH
                    ? Future.succeededFuture(wire)
                    : connection.write(wire.buffer()).map(ignored -> new Wire());
        }
        return connection
                .write(wire.buffer())
                .compose(ignored -> reader.send((Content.Stored) content, extent, connection))
                .recover(this::broken)
                .map(ignored -> new Wire());
    }

    /** In the middle of a literal nothing can be said any more: the connection ends. */
    private Future<Void> broken(Throwable failure) {
        connection.close();
        return Future.failedFuture(failure);
    }

    private Future<Wire> binary(Binary item, Email email, Content content, Wire wire) {
        return decoded(item.section(), email, content).map(octets -> {
            wire.text("BINARY").text(item.section().wire());
            origin(wire, item.partial());
            if (octets.isEmpty()) {
                return wire.text(" NIL");
            }
            // RFC 9051 section 4.3.1: only a literal8 may hold NUL
            Extent part = new Extent(0, octets.get().length).partial(item.partial());
            wire.text(" ").text(hasNul(octets.get()) ? "~" : "").literalSize(part.length());
            return wire.octets(octets.get(), (int) part.start(), (int) part.length());
        });
    }

    /** A part with its content transfer encoding undone. */
    private Future<Optional<byte[]>> decoded(Section section, Email email, Content content) {
        Optional<Part> part = email.parts().find().apply(section.part());
        Optional<Extent> extent = Extent.of(section, email);
        if (part.isEmpty() || extent.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        if (extent.get().length() > MAX_DECODED) {
            return Future.failedFuture(
                    new Refusal(Reply.no("LIMIT", "the part is too large to be decoded, fetch it as it is")));
        }
        String encoding = section.part().isEmpty() ? "8bit" : part.get().encoding();
        return reader.read(content, extent.get())
                .map(octets -> Optional.of(TransferEncoding.decode(encoding, octets)
                        .orElseThrow(
                                () -> new Refusal(Reply.no("UNKNOWN-CTE", "the transfer encoding is not known")))));
    }

    private static Wire literal(Wire wire, byte[] octets, Optional<Partial> partial) {
        Extent part = new Extent(0, octets.length).partial(partial);
        return wire.text(" ").literalSize(part.length()).octets(octets, (int) part.start(), (int) part.length());
    }

    private static void origin(Wire wire, Optional<Partial> partial) {
        partial.ifPresent(p -> wire.text("<").number(p.first()).text(">"));
    }

    private static boolean hasNul(byte[] octets) {
        for (byte octet : octets) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }
}

package org.facteur.mail.mime;

import java.util.List;
import java.util.Optional;

/** BODY and BODYSTRUCTURE on the wire (RFC 9051 section 7.5.2). */
public final class ImapBodyStructure {
    private final WireBuffer out = new WireBuffer(512);
    private final ImapEnvelope envelopes = new ImapEnvelope(out);
    private final boolean extended;

    private ImapBodyStructure(boolean extended) {
        this.extended = extended;
    }

    /** The structure of a message: BODYSTRUCTURE when {@code extended}, BODY otherwise. */
    public static byte[] write(MessageStructure message, boolean extended) {
        ImapBodyStructure structure = new ImapBodyStructure(extended);
        structure.append(message.root());
        return structure.out.toBytes();
    }

    /** Appends the structure of one part and all within it. */
    private void append(MimePart part) {
        out.raw('(');
        if (part.kind() == MimePart.Kind.MULTIPART) {
            part.children().forEach(this::append);
            out.raw(' ').string(part.contentType().subtype());
            if (extended) {
                out.raw(' ');
                parameters(part.contentType().parameters());
            }
        } else {
            single(part);
        }
        if (extended) {
            dispositionLanguageLocation(part);
        }
        out.raw(')');
    }

    /** {@code media-type body-fields}, then what messages and text add, then the extension data up to the MD5. */
    private void single(MimePart part) {
        ContentType type = part.contentType();
        out.string(type.type()).raw(' ').string(type.subtype()).raw(' ');
        parameters(type.parameters());
        out.raw(' ').nstring(part.id()).raw(' ').nstring(part.description()).raw(' ');
        out.string(part.encodingName()).raw(' ').number(part.octets());
        if (part.kind() == MimePart.Kind.MESSAGE) {
            MimePart message = part.children().get(0);
            out.raw(' ');
            envelopes.append(message.header());
            out.raw(' ');
            append(message);
            out.raw(' ').number(part.lines());
        } else if (type.type().equals("text")) {
            out.raw(' ').number(part.lines());
        }
        if (extended) {
            out.raw(' ').nstring(part.md5());
        }
    }

    private void dispositionLanguageLocation(MimePart part) {
        Optional<Disposition> disposition = part.disposition();
        out.raw(' ');
        if (disposition.isPresent()) {
            out.raw('(').string(disposition.get().type()).raw(' ');
            parameters(disposition.get().parameters());
            out.raw(')');
        } else {
            out.raw("NIL");
        }
        out.raw(' ');
        languages(part.languages());
        out.raw(' ').nstring(part.location());
    }

    private void languages(List<String> tags) {
        if (tags.isEmpty()) {
            out.raw("NIL");
            return;
        }
        char separator = '(';
        for (String tag : tags) {
            out.raw(separator).string(tag);
            separator = ' ';
        }
        out.raw(')');
    }

    private void parameters(Parameters parameters) {
        if (parameters.list().isEmpty()) {
            out.raw("NIL");
            return;
        }
        char separator = '(';
        for (Parameter parameter : parameters.list()) {
            out.raw(separator).string(parameter.name()).raw(' ').string(parameter.value());
            separator = ' ';
        }
        out.raw(')');
    }
}

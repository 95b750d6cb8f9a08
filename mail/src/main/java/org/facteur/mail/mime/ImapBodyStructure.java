package org.facteur.mail.mime;

import java.util.List;
import java.util.Optional;

/** BODY and BODYSTRUCTURE on the wire (RFC 9051 section 7.5.2). */
public final class ImapBodyStructure {
    private ImapBodyStructure() {}

    /** The structure of a message: BODYSTRUCTURE when {@code extended}, BODY otherwise. */
    public static byte[] write(MessageStructure message, boolean extended) {
        WireBuffer out = new WireBuffer(512);
        write(message.root(), out, extended);
        return out.toBytes();
    }

    /** Appends the structure of one part and all within it. */
    public static void write(MimePart part, WireBuffer out, boolean extended) {
        out.raw('(');
        if (part.kind() == MimePart.Kind.MULTIPART) {
            part.children().forEach(child -> write(child, out, extended));
            out.raw(' ').string(part.contentType().subtype());
            if (extended) {
                parameters(part.contentType().parameters(), out.raw(' '));
            }
        } else {
            single(part, out, extended);
        }
        if (extended) {
            dispositionLanguageLocation(part, out);
        }
        out.raw(')');
    }

    /** {@code media-type body-fields}, then what messages and text add, then the extension data up to the MD5. */
    private static void single(MimePart part, WireBuffer out, boolean extended) {
        ContentType type = part.contentType();
        out.string(type.type()).raw(' ').string(type.subtype()).raw(' ');
        parameters(type.parameters(), out);
        out.raw(' ').nstring(part.id()).raw(' ').nstring(part.description()).raw(' ');
        out.string(part.encodingName()).raw(' ').number(part.octets());
        if (part.kind() == MimePart.Kind.MESSAGE) {
            MimePart message = part.children().get(0);
            ImapEnvelope.write(message.header(), out.raw(' '));
            write(message, out.raw(' '), extended);
            out.raw(' ').number(part.lines());
        } else if (type.type().equals("text")) {
            out.raw(' ').number(part.lines());
        }
        if (extended) {
            out.raw(' ').nstring(part.md5());
        }
    }

    private static void dispositionLanguageLocation(MimePart part, WireBuffer out) {
        Optional<Disposition> disposition = part.disposition();
        out.raw(' ');
        if (disposition.isPresent()) {
            out.raw('(').string(disposition.get().type()).raw(' ');
            parameters(disposition.get().parameters(), out);
            out.raw(')');
        } else {
            out.raw("NIL");
        }
        languages(part.languages(), out.raw(' '));
        out.raw(' ').nstring(part.location());
    }

    private static void languages(List<String> tags, WireBuffer out) {
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

    private static void parameters(Parameters parameters, WireBuffer out) {
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

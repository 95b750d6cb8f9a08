package org.facteur.platform.net;

/** Why a line was not handed to the session. */
public enum MalformedLine {
    /** Longer than the listener allows; what is left of it is skipped. */
    TOO_LONG,
    /** A CR or LF of its own stood in it, which {@link LineEnds#CRLF_ONLY} forbids. */
    BARE_LINE_END
}

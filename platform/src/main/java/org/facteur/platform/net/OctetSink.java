package org.facteur.platform.net;

/** Takes octets as they arrive. */
@FunctionalInterface
public interface OctetSink {

    /** Takes a slice, uncopied; its octets are never reused and may be kept, but not changed. */
    void octets(byte[] bytes, int offset, int length);
}

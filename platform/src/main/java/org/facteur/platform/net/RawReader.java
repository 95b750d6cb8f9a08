package org.facteur.platform.net;

/** Takes octets until it has seen an end that only it knows, such as the state machine of SMTP's DATA. */
@FunctionalInterface
public interface RawReader {

    /** Result of {@link #read}: the end is not in sight. */
    int MORE = -1;

    /**
     * Takes a slice, uncopied; its octets are never reused and may be kept, but not changed.
     *
     * @return {@link #MORE}, or when the end was seen, how many octets at the end of the slice lie behind it (0 to
     *     {@code length}); they are read again as lines
     */
    int read(byte[] bytes, int offset, int length);
}

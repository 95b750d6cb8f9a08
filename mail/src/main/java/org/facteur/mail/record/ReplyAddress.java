package org.facteur.mail.record;

/**
 * Where the answer to a request goes: a partition of the reply topic, which one instance reads without a group, and the
 * request's id, by which that instance knows its own.
 */
public record ReplyAddress(int partition, String requestId) {
    /** The form in envelopes: {@code partition/requestId}. */
    public String text() {
        return partition + "/" + requestId;
    }

    /** Reads {@link #text()}; fails with IllegalArgumentException on anything else. */
    public static ReplyAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("not a reply address: " + text);
        }
        return new ReplyAddress(Integer.parseInt(text.substring(0, slash)), text.substring(slash + 1));
    }
}

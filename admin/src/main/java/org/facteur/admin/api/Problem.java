package org.facteur.admin.api;

/** A request that is answered with a problem document (RFC 9457): what was wrong, and what is accepted. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    Problem(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    static Problem invalid(String detail) {
        return new Problem(422, "Not accepted", detail);
    }

    static Problem notFound(String what) {
        return new Problem(404, "Not found", what + " is not here");
    }

    static Problem conflict(String detail) {
        return new Problem(409, "Conflict", detail);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }
}

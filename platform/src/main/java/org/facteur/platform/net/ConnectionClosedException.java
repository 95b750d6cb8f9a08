package org.facteur.platform.net;

import java.io.IOException;

/** What fails the futures of a connection that is gone; without a stack, as it is nobody's mistake. */
public final class ConnectionClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The connection is gone for this reason. */
    public ConnectionClosedException(String reason) {
        super(reason);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}

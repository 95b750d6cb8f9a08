package org.facteur.platform.net;

/** Why the server ends a session that is between two commands. */
public enum Ending {
    /** The service stops. */
    SHUTDOWN,
    /** The client was silent, or did not take its replies, for too long. */
    IDLE,
    /** The session has lasted as long as a session may. */
    SESSION_TIMEOUT
}

package org.facteur.verifier.policy;

/** What a failed check leads to. */
public enum Action {
    /** The message is refused in the session. */
    REJECT,
    /** The message goes to Junk. */
    JUNK,
    /** The result is only told. */
    NONE
}

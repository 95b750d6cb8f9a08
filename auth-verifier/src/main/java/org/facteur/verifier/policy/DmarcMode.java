package org.facteur.verifier.policy;

/** Whether the requests of domain owners are followed. */
public enum DmarcMode {
    /** They are. */
    ENFORCE,
    /** They are only told. */
    NONE
}

package org.facteur.imap.session;

/** Where a session stands (RFC 9051 section 3). */
public sealed interface State {
    /** The states by name, for the table of commands. */
    enum Kind {
        /** Nobody has logged in. */
        NOT_AUTHENTICATED,
        /** Somebody has. */
        AUTHENTICATED,
        /** And has selected a mailbox. */
        SELECTED
    }

    /** Its name. */
    Kind kind();

    /** Nobody has logged in. */
    record NotAuthenticated() implements State {
        @Override
        public Kind kind() {
            return Kind.NOT_AUTHENTICATED;
        }
    }

    /** An account has logged in. */
    record Authenticated(String account) implements State {
        @Override
        public Kind kind() {
            return Kind.AUTHENTICATED;
        }
    }

    /** An account has selected a mailbox. */
    record Selected(String account, SelectedMailbox mailbox) implements State {
        @Override
        public Kind kind() {
            return Kind.SELECTED;
        }
    }
}

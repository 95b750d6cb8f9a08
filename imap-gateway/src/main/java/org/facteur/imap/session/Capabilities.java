package org.facteur.imap.session;

/** What the server says it can (RFC 9051 section 6.1.1); it depends on TLS and login. */
public final class Capabilities {
    private static final String ALWAYS = "IMAP4rev1 IMAP4rev2 LITERAL+ ID SASL-IR ENABLE";
    private static final String AFTER_LOGIN =
            "IDLE NAMESPACE UNSELECT CHILDREN SPECIAL-USE LIST-EXTENDED LIST-STATUS UIDPLUS"
                    + " MOVE ESEARCH SEARCHRES WITHIN CONDSTORE BINARY STATUS=SIZE SAVEDATE OBJECTID";

    private Capabilities() {}

    /** The list as it is for a session now. */
    public static String of(ImapSession session) {
        StringBuilder list = new StringBuilder(ALWAYS);
        if (session.state() instanceof State.NotAuthenticated) {
            if (session.connection().canStartTls()) {
                list.append(" STARTTLS");
            }
            list.append(session.mayLogIn() ? " AUTH=PLAIN" : " LOGINDISABLED");
        } else {
            list.append(' ').append(AFTER_LOGIN);
            list.append(" APPENDLIMIT=").append(session.services().limits().maxMessage());
        }
        return list.toString();
    }
}

package org.facteur.verifier.arc;

import java.util.Optional;
import org.facteur.mail.arc.ArcResult;
import org.facteur.mail.arc.ArcSet;
import org.facteur.mail.arc.ArcStatus;

/**
 * The ARC chain of a message and what it is good for.
 *
 * @param chain what it is worth
 * @param override present where it makes up for the DMARC failures of the message
 */
public record ArcFinding(ArcResult chain, Optional<TrustedPass> override) {
    /** A chain that changes nothing. */
    public static ArcFinding of(ArcResult chain) {
        return new ArcFinding(chain, Optional.empty());
    }

    /** Whether the message has a chain, intact or not. */
    public boolean isChained() {
        return chain.chain().highest() > 0 || !chain.chain().fault().isEmpty();
    }

    /** The status for whoever seals the message next; empty where DNS trouble hid it, for that would seal it as broken. */
    public Optional<ArcStatus> known() {
        return chain.temporary() ? Optional.empty() : Optional.of(chain.status());
    }

    /** The chain for a comment in reports, newest seal first: {@code arc=pass as[2].d=b.example as[2].s=x …}. */
    public String comment() {
        StringBuilder out = new StringBuilder("arc=").append(chain.status().text());
        for (int i = chain.chain().sets().size(); i >= 1; i--) {
            ArcSet set = chain.chain().sets().get(i - 1);
            out.append(" as[").append(i).append("].d=").append(set.seal().domain());
            out.append(" as[").append(i).append("].s=").append(set.seal().selector());
        }
        return out.toString();
    }
}

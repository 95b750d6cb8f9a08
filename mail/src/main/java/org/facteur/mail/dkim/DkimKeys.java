package org.facteur.mail.dkim;

import java.util.concurrent.CompletionStage;

/** Where key records come from: DNS, behind a cache of parsed records. */
@FunctionalInterface
public interface DkimKeys {
    /** Looks up {@code selector._domainkey.domain}. The stage never fails: trouble is {@link DkimKeyAnswer.Unavailable}. */
    CompletionStage<DkimKeyAnswer> find(String name);
}

package org.facteur.verifier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.mail.dkim.DkimKeys;
import org.facteur.platform.dns.Dns;

/**
 * Key records from DNS. Parsed records are kept by their text, so a key is parsed once however often it is used, and the
 * cache of DNS alone decides how long a text is believed.
 */
final class DnsDkimKeys implements DkimKeys {
    private static final int MOST_PARSED = 10_000;

    private final Dns dns;
    private final Cache<List<String>, DkimKeyAnswer> parsed =
            Caffeine.newBuilder().maximumSize(MOST_PARSED).build();

    DnsDkimKeys(Dns dns) {
        this.dns = dns;
    }

    @Override
    public CompletionStage<DkimKeyAnswer> find(String name) {
        return dns.txt(name)
                .map(answer -> answer.isTemporaryFailure()
                        ? new DkimKeyAnswer.Unavailable("no answer for " + name)
                        : parsed.get(answer.records(), DkimKeyAnswer::of))
                .toCompletionStage();
    }
}

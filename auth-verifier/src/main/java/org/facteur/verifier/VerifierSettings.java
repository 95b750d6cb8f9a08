package org.facteur.verifier;

import java.util.List;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Environment;
import org.facteur.platform.config.Setting;
import org.facteur.verifier.arc.TrustedSealer;
import org.facteur.verifier.client.DnsblZone;
import org.facteur.verifier.content.ContentSettings;
import org.facteur.verifier.policy.Action;
import org.facteur.verifier.policy.ContentPolicy;
import org.facteur.verifier.policy.DmarcMode;
import org.facteur.verifier.policy.Policy;

/**
 * What the auth-verifier reads from the environment.
 *
 * @param authservId the id in Authentication-Results: FACTEUR_HOSTNAME
 * @param policy what failures lead to
 * @param blocklists the lists to ask, in the order of the environment
 * @param trustedSealers whose ARC chains make up for DMARC failures
 * @param content the scanners to ask
 */
public record VerifierSettings(
        String authservId,
        Policy policy,
        List<DnsblZone> blocklists,
        List<TrustedSealer> trustedSealers,
        ContentSettings content) {
    /** FACTEUR_POLICY_SPF. */
    public static final Setting<Action> SPF = Setting.choice(
            "FACTEUR_POLICY_SPF", Action.class, Action.JUNK, "What an SPF fail without a DMARC verdict gets.");

    /** FACTEUR_POLICY_DMARC. */
    public static final Setting<DmarcMode> DMARC = Setting.choice(
            "FACTEUR_POLICY_DMARC",
            DmarcMode.class,
            DmarcMode.ENFORCE,
            "Whether p=, sp= and np= of DMARC records are followed (enforce) or only told (none).");

    /** FACTEUR_POLICY_IPREV. */
    public static final Setting<Action> IPREV = Setting.choice(
            "FACTEUR_POLICY_IPREV",
            Action.class,
            Action.REJECT,
            "What a client address without any PTR record gets; one whose PTR does not confirm gets junk at most.");

    /** FACTEUR_DNSBL. */
    public static final Setting<List<DnsblZone>> DNSBL = Setting.list(
            "FACTEUR_DNSBL",
            "",
            "zones, comma-separated, each with the codes that count where not all do: zen.example.org=2-4;9, or bits: &12",
            "DNS blocklists to ask about the client's address.",
            DnsblZone::parse);

    /** FACTEUR_POLICY_DNSBL. */
    public static final Setting<Action> POLICY_DNSBL = Setting.choice(
            "FACTEUR_POLICY_DNSBL", Action.class, Action.JUNK, "What a client on one of the blocklists gets.");

    /** FACTEUR_ARC_TRUSTED. */
    public static final Setting<List<TrustedSealer>> ARC_TRUSTED = Setting.list(
            "FACTEUR_ARC_TRUSTED",
            "",
            "domains, comma-separated; with a dot in front the domain and all below it: lists.example.org,.example.net",
            "Sealers whose ARC chains make up for a DMARC failure.",
            TrustedSealer::parse);

    /** All of them, for {@code facteur config}. */
    public static final List<Setting<?>> SETTINGS = List.of(
            SPF,
            DMARC,
            IPREV,
            DNSBL,
            POLICY_DNSBL,
            ARC_TRUSTED,
            ContentSettings.RSPAMD,
            ContentSettings.RSPAMD_PASSWORD,
            ContentPolicy.RSPAMD,
            ContentSettings.CLAMD,
            ContentPolicy.CLAMD,
            ContentSettings.TIMEOUT);

    /** Reads them; fails with {@link org.facteur.platform.config.SettingException}. */
    public static VerifierSettings from(Environment environment, CommonSettings common) {
        return new VerifierSettings(
                common.hostname(),
                new Policy(
                        environment.get(SPF),
                        environment.get(DMARC),
                        environment.get(IPREV),
                        environment.get(POLICY_DNSBL),
                        ContentPolicy.from(environment)),
                environment.get(DNSBL),
                environment.get(ARC_TRUSTED),
                ContentSettings.from(environment));
    }
}

package org.facteur.standalone;

import io.vertx.core.Deployable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.facteur.admin.Admin;
import org.facteur.admin.cli.ApiClient;
import org.facteur.egress.SmtpEgress;
import org.facteur.imap.ImapGateway;
import org.facteur.ingress.SmtpIngress;
import org.facteur.mailbox.store.MailboxStore;
import org.facteur.platform.config.CommonSettings;
import org.facteur.platform.config.Setting;
import org.facteur.platform.net.NetSettings;
import org.facteur.platform.service.ServiceContext;
import org.facteur.signer.DkimSigningService;
import org.facteur.verifier.AuthVerifier;
import org.facteur.verifier.VerifierSettings;

/** Every service of the distribution, in the order of the way of a message from its end: who receives starts first. */
record Service(String name, List<Setting<?>> settings, Function<ServiceContext, Deployable> make) {
    static final List<Service> ALL = List.of(
            new Service(MailboxStore.NAME, MailboxStore.SETTINGS, MailboxStore::new),
            new Service(SmtpEgress.NAME, SmtpEgress.SETTINGS, SmtpEgress::new),
            new Service(DkimSigningService.NAME, DkimSigningService.SETTINGS, DkimSigningService::new),
            new Service(AuthVerifier.NAME, VerifierSettings.SETTINGS, AuthVerifier::new),
            new Service(Admin.NAME, Admin.SETTINGS, Admin::new),
            new Service(ImapGateway.NAME, ImapGateway.SETTINGS, ImapGateway::new),
            new Service(SmtpIngress.NAME, SmtpIngress.SETTINGS, SmtpIngress::new));

    /** Read by the start script before there is a process. */
    static final Setting<String> JAVA_OPTIONS = Setting.text(
            "FACTEUR_JAVA_OPTS", "", "Options of the Java machine instead of those that deploy/facteur chooses.");

    /** Every setting of every service, by name, each once. */
    static List<Setting<?>> allSettings() {
        Map<String, Setting<?>> byName = new LinkedHashMap<>();
        List<Setting<?>> all = new ArrayList<>(CommonSettings.SETTINGS);
        all.addAll(NetSettings.SETTINGS);
        ALL.forEach(service -> all.addAll(service.settings()));
        all.add(ApiClient.URL);
        all.add(JAVA_OPTIONS);
        all.forEach(setting -> byName.putIfAbsent(setting.name(), setting));
        return List.copyOf(byName.values());
    }
}

package org.facteur.admin.canary;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.facteur.platform.config.HostPort;

/** Hands a message of the canary in as a mail client does, over a new connection each time. */
final class CanarySubmission {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final MailConfig config;
    private final String address;

    CanarySubmission(Vertx vertx, HostPort server, String hostname, CanaryAccount account) {
        this.vertx = vertx;
        address = account.address();
        // The certificate may be self-signed, and the server is reached by a name of the inside.
        config = new MailConfig(server.host(), server.port(), StartTLSOptions.REQUIRED, LoginOption.REQUIRED)
                .setTrustAll(true)
                .setAuthMethods("PLAIN") // after a refusal no other method is tried
                .setOwnHostname(hostname)
                .setUsername(address)
                .setPassword(account.password());
    }

    /** Sends one from the account to itself; fails with {@link CanaryFailure} unless it was accepted in time. */
    Future<Void> send(String token) {
        MailClient client = MailClient.create(vertx, config);
        return client.sendMail(message(token))
                .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .<Void>mapEmpty()
                .recover(cause -> Future.failedFuture(new CanaryFailure(CanaryStep.SUBMIT, cause)))
                .eventually(client::close);
    }

    private MailMessage message(String token) {
        return new MailMessage()
                .setFrom(address)
                .setTo(address)
                .setSubject("Facteur canary " + token)
                // RFC 3834 section 5: nobody answers this.
                .setHeaders(MultiMap.caseInsensitiveMultiMap().add("Auto-Submitted", "auto-generated"))
                .setText("This message measures the way of mail through Facteur and is deleted when it has arrived.\n"
                        + token + "\n");
    }
}

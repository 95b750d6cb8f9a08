package org.facteur.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Bind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.facteur.platform.net.SelfSigned;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** The reverse proxy alone, as the compose file runs it: read-only, and with nothing behind it at first. */
class ProxyIT {
    private static final String IMAGE = System.getenv().getOrDefault("IMAGE_PROXY", "nginx:stable");
    private static final String ECHO = "daemon off; user nginx; pid /tmp/echo.pid; events {} http { server { listen 80;"
            + " location / { return 200 \"$request_uri from $http_x_forwarded_for by $http_x_forwarded_proto\"; } } }";

    @TempDir
    static Path secrets;

    private static Network network;
    private static GenericContainer<?> proxy;
    private static HttpClient browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(isHere(IMAGE), "needs a Docker engine with the image " + IMAGE);
        Path certificate = secrets.resolve("tls-cert.pem");
        SelfSigned.at(secrets, List.of("localhost"));
        network = Network.newNetwork();
        proxy = container()
                .withCommand("sh", "/etc/nginx/facteur/run")
                .withExposedPorts(80, 443)
                .withTmpFs(Map.of("/var/cache/nginx", "", "/run", "", "/tmp", ""))
                .withCreateContainerCmdModifier(command -> command.getHostConfig()
                        .withReadonlyRootfs(true)
                        .withBinds(
                                Bind.parse(Path.of("proxy").toAbsolutePath() + ":/etc/nginx/facteur:ro"),
                                Bind.parse(secrets + ":/run/secrets:ro")))
                .waitingFor(Wait.forHttp("/proxy-health").forPort(80));
        proxy.start();
        browser = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
    }

    @AfterAll
    static void stop() {
        if (proxy != null) {
            proxy.stop();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void plainHttpLeadsToTls() throws Exception {
        HttpResponse<String> answer = get("http", "/webmail/?a=b");
        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("Location")).hasValue("https://localhost/webmail/?a=b");
        assertThat(get("http", "/.well-known/acme-challenge/none").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNotThereIsABadGateway() throws Exception {
        HttpResponse<String> answer = get("https", "/grafana/");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().map())
                .containsKeys("strict-transport-security", "x-content-type-options", "content-security-policy");
    }

    @Test
    void servicesThatComeLaterAreFoundAndWebmailLosesItsPrefix() throws Exception {
        assertThat(get("https", "/webmail/").statusCode()).isEqualTo(502);
        try (GenericContainer<?> echo = container()
                .withNetworkAliases("roundcube")
                .withCopyToContainer(Transferable.of(ECHO), "/echo.conf")
                .withCommand("nginx", "-c", "/echo.conf")) {
            echo.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> get("https", "/webmail/").statusCode() == 200);
            assertThat(get("https", "/webmail/skins/a%20b?_task=mail").body())
                    .startsWith("/skins/a%20b?_task=mail from ")
                    .doesNotContain("192.0.2.1")
                    .endsWith(" by https");
        }
    }

    private static GenericContainer<?> container() {
        return new GenericContainer<>(DockerImageName.parse(IMAGE)).withNetwork(network);
    }

    private static HttpResponse<String> get(String scheme, String path) throws IOException, InterruptedException {
        int port = proxy.getMappedPort(scheme.equals("https") ? 443 : 80);
        HttpRequest request = HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + path))
                .header("X-Forwarded-For", "192.0.2.1")
                .build();
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Asked of the docker command: Testcontainers would try to fetch images of its own before it answers. */
    private static boolean isHere(String image) throws InterruptedException {
        try {
            return new ProcessBuilder("docker", "image", "inspect", image)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            Certificate own = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            trusted.setCertificateEntry("proxy", own);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}

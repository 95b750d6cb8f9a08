package org.facteur.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A headless Chromium of this machine with a profile of its own, which goes with it. It takes every certificate, and neither
 * it nor its driver speaks to anyone but the pages it is sent to. Where {@link #isInstalled()} says no, a test is skipped.
 */
final class Chromium implements AutoCloseable {
    private static final Duration PAGE = Duration.ofSeconds(60);

    private final Path profile;
    private final Path screenshots;
    private final ChromeDriver driver;

    /** Starts it; screenshots go into the directory. */
    Chromium(Path screenshots) {
        try {
            this.screenshots = Files.createDirectories(screenshots);
            profile = Files.createTempDirectory("chromium");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        driver = new ChromeDriver(service(), options(profile));
        driver.manage().timeouts().pageLoadTimeout(PAGE);
    }

    /** Whether this machine has Chromium and its driver (Debian: chromium, chromium-driver). */
    static boolean isInstalled() {
        return browser().isPresent() && webDriver().isPresent();
    }

    /** What steers it. */
    ChromeDriver driver() {
        return driver;
    }

    /** Keeps what it shows now as {@code NAME.png}. */
    void screenshot(String name) {
        try {
            Files.write(screenshots.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeDriverService service() {
        return new ChromeDriverService.Builder()
                .usingDriverExecutable(webDriver().orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
    }

    private static ChromeOptions options(Path profile) {
        return new ChromeOptions()
                .setBinary(browser().orElseThrow().toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-features=OptimizationHints,MediaRouter",
                        "--ignore-certificate-errors",
                        "--lang=en-US",
                        "--window-size=1280,960",
                        "--user-data-dir=" + profile);
    }

    private static Optional<Path> browser() {
        return onPath("chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<Path> webDriver() {
        return onPath("chromedriver");
    }

    private static Optional<Path> onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

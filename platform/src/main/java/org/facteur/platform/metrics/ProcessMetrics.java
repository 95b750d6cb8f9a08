package org.facteur.platform.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Meters of the process as a whole: what it is ({@code facteur_info}) and how full its disk is ({@code disk_free_bytes}). */
final class ProcessMetrics {
    private static final String NO_VERSION = "development";

    private ProcessMetrics() {}

    /** A gauge that is always 1; its labels are what it tells. The registry knows by {@code .info} what kind it is. */
    static void info(MeterRegistry registry, String service) {
        Gauge.builder("facteur.info", () -> 1)
                .description("Always 1; the labels say which version of which service runs")
                .tag("version", version())
                .tag("service", service)
                .register(registry);
    }

    /** Free and total octets of the file system that a directory lies in; of the root where there is no such directory. */
    static void disk(MeterRegistry registry, Path directory) {
        Path watched = Files.isDirectory(directory)
                ? directory.toAbsolutePath().normalize()
                : directory.toAbsolutePath().getRoot();
        new DiskSpaceMetrics(watched.toFile()).bindTo(registry);
    }

    /** Of the jar's manifest; classes that lie in a directory have none. */
    private static String version() {
        return Optional.ofNullable(ProcessMetrics.class.getPackage().getImplementationVersion())
                .orElse(NO_VERSION);
    }
}

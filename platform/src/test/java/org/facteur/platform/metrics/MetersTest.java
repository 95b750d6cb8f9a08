package org.facteur.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every process tells of itself. */
class MetersTest {
    @TempDir
    Path directory;

    @Test
    void tellWhatRunsAndHowFullItsDiskIs() {
        try (Meters meters = new Meters("smtp-ingress")) {
            meters.watchDisk(directory);
            String text = meters.scrape();
            assertThat(text).containsPattern("facteur_info\\{service=\"smtp-ingress\",version=\"[^\"]+\"} 1");
            assertThat(text)
                    .containsPattern("disk_total_bytes\\{path=\"\\Q" + directory + "\\E\"} [1-9]")
                    .containsPattern("disk_free_bytes\\{path=\"\\Q" + directory + "\\E\"} [0-9]");
        }
    }

    @Test
    void aDirectoryThatIsNotThereStandsForTheRoot() {
        try (Meters meters = new Meters("facteur")) {
            meters.watchDisk(directory.resolve("none"));
            assertThat(meters.scrape()).containsPattern("disk_total_bytes\\{path=\"/\"} [1-9]");
        }
    }
}

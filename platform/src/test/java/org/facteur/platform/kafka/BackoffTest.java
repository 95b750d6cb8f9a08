package org.facteur.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"0, 200", "1, 200", "2, 400", "3, 800", "8, 25600", "9, 30000", "10, 30000", "1000000, 30000"})
    void doublesUpToTheLongest(int failures, long millis) {
        assertThat(new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30)).millisAfter(failures))
                .isEqualTo(millis);
    }
}

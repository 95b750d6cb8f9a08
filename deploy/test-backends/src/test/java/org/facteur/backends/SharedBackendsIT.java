package org.facteur.backends;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedBackendsIT {
    @Test
    void classesShareABrokerAndAServer() {
        assertThat(TestBackends.kafka()).isSameAs(TestBackends.kafka());
        assertThat(TestBackends.freshDatabase().port())
                .isEqualTo(TestBackends.freshDatabase().port());
    }
}

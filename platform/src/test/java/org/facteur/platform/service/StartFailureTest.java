package org.facteur.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import org.facteur.platform.config.SettingException;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    @Test
    void aWrongSettingIsItsOwnLine() {
        var cause = new RuntimeException("deploying failed", new SettingException("FACTEUR_X=y: accepted is z"));
        assertThat(StartFailure.of(cause)).isEqualTo(new StartFailure(2, "FACTEUR_X=y: accepted is z"));
    }

    @Test
    void aPortInUseIsTheListenersLine() {
        var cause = new IOException("smtp cannot listen on 0.0.0.0 port 25: in use", new BindException("in use"));
        assertThat(StartFailure.of(cause))
                .isEqualTo(new StartFailure(3, "smtp cannot listen on 0.0.0.0 port 25: in use"));
    }

    @Test
    void anythingElseIsOne() {
        assertThat(StartFailure.of(new IllegalStateException()))
                .isEqualTo(new StartFailure(1, "java.lang.IllegalStateException"));
    }
}

package org.facteur.platform.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBodyStoreTest extends BodyStoreContract {
    @TempDir
    Path root;

    private BodyStore store;

    @BeforeEach
    void open() {
        store = new DirectoryBodyStore(vertx, root);
    }

    @Override
    protected BodyStore store() {
        return store;
    }

    @AfterEach
    void nothingUnfinishedStaysBehind() throws IOException {
        try (var left = Files.list(root.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }
}

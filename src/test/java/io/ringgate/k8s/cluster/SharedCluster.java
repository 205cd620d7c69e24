package io.ringgate.k8s.cluster;

import io.ringgate.testing.RigFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The one cluster of all test classes of a run: started by the first that asks, empty for each, and ended with the run. */
public final class SharedCluster implements BeforeAllCallback {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(SharedCluster.class);

    private @Nullable TestCluster cluster;

    @Override
    public void beforeAll(ExtensionContext test) throws Exception {
        TestCluster shared =
                test.getRoot().getStore(STORE).computeIfAbsent(TestCluster.class, type -> started(), TestCluster.class);
        shared.empty();
        cluster = shared;
    }

    private static TestCluster started() {
        Path folder = Path.of("target", "kubernetes").toAbsolutePath();
        try {
            RigFolder.delete(folder);
            return TestCluster.start(Files.createDirectories(folder));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public TestCluster get() {
        return Objects.requireNonNull(cluster);
    }
}

package io.ringgate.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One ring for all tests of a class, to be registered in a static field. The logs stay in {@code target/thanos}, and
 * when a test fails they are shown. A test that breaks something restores it.
 */
public final class ThanosRig implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final ThanosProgram version;
    private final List<String> flags;
    private Path folder = Path.of("target/thanos");
    private @Nullable ThanosRing ring;

    private ThanosRig(ThanosProgram version, List<String> flags) {
        this.version = version;
        this.flags = flags;
    }

    /** Receivers that take samples which are up to half an hour older than the newest of their series. */
    public static ThanosRig of(ThanosProgram version) {
        return new ThanosRig(version, List.of("--tsdb.out-of-order.time-window=30m"));
    }

    /** Receivers that answer 409 to every sample that is older than the newest of its series, Thanos's default. */
    public static ThanosRig inOrderOnly(ThanosProgram version, String... flags) {
        return new ThanosRig(version, List.of(flags));
    }

    public ThanosRing ring() {
        return Objects.requireNonNull(ring, "the ring is started before the tests");
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws IOException {
        folder = RigFolder.fresh("thanos", tests.getRequiredTestClass().getSimpleName());
        ring = new ThanosRing(folder, version, flags);
        try {
            ring.start();
        } catch (IOException | AssertionError e) {
            RigFolder.showLogs(folder);
            throw e;
        }
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        if (test.getExecutionException().isPresent()) {
            RigFolder.showLogs(folder);
        }
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        if (ring != null) {
            ring.close();
            RigFolder.deleteData(folder);
        }
    }
}

package io.ringgate.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.ResourceLeakTracker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakWatchTest {

    private final List<String> reports = new ArrayList<>();
    private final RecordingLeakDetector<Object> detector = new RecordingLeakDetector<>(Object.class, reports::add);
    private final LeakWatch watch = new LeakWatch(() -> List.of(detector), () -> List.copyOf(reports));

    @Test
    void a_resource_that_is_dropped_without_release_fails_the_class() {
        detector.trackForcibly(new Object()).record("the last place that touched it");

        assertThatThrownBy(watch::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Object was not released");
    }

    @Test
    void a_resource_that_is_released_does_not() {
        Object resource = new Object();
        ResourceLeakTracker<Object> tracker = detector.trackForcibly(resource);
        tracker.close(resource);

        assertThatCode(watch::check).doesNotThrowAnyException();
    }
}

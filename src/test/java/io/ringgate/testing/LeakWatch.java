package io.ringgate.testing;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which a buffer is found to have leaked. Registered for every integration test. */
public final class LeakWatch implements AfterAllCallback {

    private static final long COLLECTION_MILLIS = 10_000;

    private final Supplier<? extends Collection<RecordingLeakDetector<?>>> detectors;
    private final Supplier<List<String>> reports;

    /** Watches what Netty's own detectors see. */
    public LeakWatch() {
        this(RecordingLeakDetector::all, RecordingLeakDetector::takeReports);
    }

    LeakWatch(Supplier<? extends Collection<RecordingLeakDetector<?>>> detectors, Supplier<List<String>> reports) {
        this.detectors = detectors;
        this.reports = reports;
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        check();
    }

    void check() throws InterruptedException {
        // What the first collection finds is in the detectors' queues for sure once the second one has passed its own
        // mark.
        collect();
        collect();
        detectors.get().forEach(RecordingLeakDetector::poll);
        List<String> found = reports.get();
        if (!found.isEmpty()) {
            throw new AssertionError(found.size() + " leaks, the last one: " + found.getLast());
        }
    }

    private static void collect() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> mark = new PhantomReference<>(new Object(), queue);
        try {
            System.gc();
            if (queue.remove(COLLECTION_MILLIS) == null) {
                throw new AssertionError("no garbage was collected, so nothing is known about leaks");
            }
        } finally {
            Reference.reachabilityFence(mark);
        }
    }
}

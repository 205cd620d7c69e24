package io.ringgate.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Keeps what Netty would only log: each buffer that was collected before it was released. Netty makes one for each kind of
 * resource when {@code -Dio.netty.customResourceLeakDetector} names this class.
 */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {

    private static final Queue<RecordingLeakDetector<?>> ALL = new ConcurrentLinkedQueue<>();
    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

    private final Consumer<String> report;

    /** The form that Netty looks for. */
    @SuppressWarnings("deprecation")
    public RecordingLeakDetector(Class<?> kind, int samplingInterval) {
        super(kind, samplingInterval);
        this.report = REPORTS::add;
        ALL.add(this);
    }

    /** An older form, which Netty looks for too: it logs an error without it. */
    public RecordingLeakDetector(Class<?> kind, int samplingInterval, long mostActive) {
        this(kind, samplingInterval);
    }

    @SuppressWarnings("deprecation")
    RecordingLeakDetector(Class<?> kind, Consumer<String> report) {
        super(kind, 1);
        this.report = report;
    }

    /** Those that Netty made in this JVM. */
    static List<RecordingLeakDetector<?>> all() {
        return List.copyOf(ALL);
    }

    /** What they reported since the last call, so that no later test class fails for it. */
    static List<String> takeReports() {
        List<String> taken = new ArrayList<>();
        for (String next = REPORTS.poll(); next != null; next = REPORTS.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** A detector looks at what was collected only when it is given something new. */
    @SuppressWarnings("unchecked")
    void poll() {
        T nothing = (T) new Object();
        ResourceLeakTracker<T> tracker = trackForcibly(nothing);
        tracker.close(nothing);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String kind, String records) {
        report.accept("a " + kind + " was not released before it was collected:" + records);
    }

    @Override
    protected void reportUntracedLeak(String kind) {
        report.accept("a " + kind + " was not released before it was collected");
    }
}

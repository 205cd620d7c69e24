package io.ringgate.observe;

import io.ringgate.config.AccessLogConfig;
import io.ringgate.http.AccessLogSink;
import io.ringgate.http.AccessRecord;
import io.ringgate.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log: event loops put finished requests into a bounded queue, one thread writes the lines. A full queue and
 * a file that fails cost lines, which are counted, and never a write.
 */
public final class AccessLog implements AccessLogSink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    static final int MOST_WAITING = 4096;
    private static final int BATCH = 256;
    private static final long STOP_MILLIS = 2_000;

    private final BlockingQueue<Taken> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongSupplier wallClock;
    private final Metrics.Counter dropped;
    private final PrintStream standard;
    private final Thread writer;
    private volatile AccessLogConfig config;
    private volatile Rule rule;
    private volatile boolean stopping;
    private boolean failing;

    /** @param served absent in the one that only wakes the writer */
    private record Taken(long millis, @Nullable AccessRecord served) {}

    /**
     * Begins with its thread.
     *
     * @param wallClock milliseconds of Unix time
     */
    public AccessLog(AccessLogConfig config, LongSupplier wallClock, PrintStream standard, Metrics metrics) {
        this.config = config;
        this.rule = ruleOf(config);
        this.wallClock = wallClock;
        this.standard = standard;
        this.dropped = metrics.counter("ringgate_access_log_dropped_total");
        this.writer = Thread.ofPlatform().daemon().name("access-log").unstarted(this::run);
        writer.start();
    }

    /** Uses another configuration. Lines that are queued already may still go to the old file. */
    public void configure(AccessLogConfig wanted) {
        config = wanted;
        rule = ruleOf(wanted);
        wake();
    }

    private static Rule ruleOf(AccessLogConfig config) {
        return config.on() ? new Rule(true, config.sample(), config.slow().toNanos()) : Rule.NOTHING;
    }

    @Override
    public Rule rule() {
        return rule;
    }

    @Override
    public void append(AccessRecord served) {
        if (!queue.offer(new Taken(wallClock.getAsLong(), served))) {
            dropped.increment();
        }
    }

    private void run() {
        LogOutput output = null;
        AccessLogConfig used = null;
        List<Taken> batch = new ArrayList<>(BATCH);
        while (next(batch)) {
            AccessLogConfig wanted = config;
            if (output == null || used == null || !Objects.equals(used.file(), wanted.file())) {
                close(output);
                output = new LogOutput(wanted.file(), standard);
                used = wanted;
            }
            write(batch, output);
            batch.clear();
        }
        close(output);
    }

    /** False when there is nothing left and nothing more comes. */
    private boolean next(List<Taken> batch) {
        while (queue.drainTo(batch, BATCH) == 0) {
            if (stopping) {
                return false;
            }
            try {
                Taken first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                }
            } catch (InterruptedException nobody) {
                return false;
            }
            if (!batch.isEmpty()) {
                return true;
            }
        }
        return true;
    }

    private void write(List<Taken> batch, LogOutput output) {
        try {
            ByteArrayOutputStream lines = new ByteArrayOutputStream(512 * batch.size());
            for (Taken taken : batch) {
                if (taken.served() != null) {
                    AccessLine.write(taken.millis(), taken.served(), lines);
                }
            }
            output.write(lines.toByteArray(), lines.size());
            failing = false;
        } catch (IOException | RuntimeException e) {
            dropped.add(batch.size());
            if (!failing) {
                failing = true;
                LOG.atWarn()
                        .addKeyValue("error", e)
                        .log("access log cannot be written, its lines are lost until it can");
            }
        }
    }

    private static void close(@Nullable LogOutput output) {
        try {
            if (output != null) {
                output.close();
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", e).log("access log not closed");
        }
    }

    /** No interrupt: it would close the file while the writer uses it. A full queue needs no waking. */
    private void wake() {
        boolean woken = queue.offer(new Taken(0, null));
        LOG.atDebug().addKeyValue("result", woken ? "woken" : "busy").log("access log writer");
    }

    /** Writes what waits, for at most two seconds. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

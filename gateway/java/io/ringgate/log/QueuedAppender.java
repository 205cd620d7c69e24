package io.ringgate.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes events on a thread of its own. Event loops log too and must never wait for whoever reads standard error: an event
 * that finds the queue full is lost, and counted. Any thread may append.
 */
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    static final int MOST_WAITING = 4096;
    private static final long STOP_MILLIS = 2_000;

    /** Only wakes the writer. */
    private static final LogEvent WAKE = new LogEvent(Instant.EPOCH, "", "", "", List.of(), null);

    private final BlockingQueue<LogEvent> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final PrintStream out;
    private final Thread writer;
    private volatile LogFormat format;
    private volatile boolean stopping;
    private volatile Runnable onLoss = () -> {};

    QueuedAppender(PrintStream out, LogFormat format) {
        this.out = out;
        this.format = format;
        this.writer = Thread.ofPlatform().daemon().name("log").unstarted(this::run);
        setName("log");
    }

    void format(LogFormat wanted) {
        format = wanted;
    }

    /** @param counted runs for each lost event, on the thread that logged it */
    void onLoss(Runnable counted) {
        onLoss = counted;
    }

    @Override
    public void start() {
        writer.start();
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!queue.offer(LogEvent.of(event))) {
            onLoss.run();
        }
    }

    private void run() {
        try {
            while (!stopping || !queue.isEmpty()) {
                LogEvent event = queue.poll(1, TimeUnit.SECONDS);
                if (event != null && !event.equals(WAKE)) {
                    write(event);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(LogEvent event) {
        try {
            byte[] line = format.line(event).getBytes(StandardCharsets.UTF_8);
            out.write(line, 0, line.length);
            out.flush();
        } catch (RuntimeException fault) {
            addError("a line of the log could not be written", fault);
            onLoss.run();
        }
    }

    /** Writes what waits, for at most two seconds. */
    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        stopping = true;
        if (!queue.offer(WAKE)) {
            addInfo("the writer is busy and needs no waking");
        }
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

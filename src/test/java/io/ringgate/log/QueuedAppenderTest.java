package io.ringgate.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.ringgate.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QueuedAppenderTest {

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger writing = new AtomicInteger();

    /** Standard error whose reader stands still until it is let go. */
    private final PrintStream reader = new PrintStream(new OutputStream() {
        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            writing.incrementAndGet();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            printed.write(bytes, from, length);
        }
    });

    private final QueuedAppender appender = new QueuedAppender(reader, LogFormat.TEXT);
    private final AtomicInteger lost = new AtomicInteger();

    private void log(String message) {
        appender.doAppend(new LoggingEvent("", context.getLogger("x"), Level.INFO, message, null, null));
    }

    @Test
    void a_reader_that_stands_still_holds_nobody_and_each_lost_line_is_counted() {
        appender.onLoss(lost::incrementAndGet);
        appender.start();
        log("first");
        Await.until("the writer holds the first line", () -> writing.get() == 1);

        for (int i = 0; i < QueuedAppender.MOST_WAITING + 7; i++) {
            log("line");
        }

        assertThat(lost).hasValue(7);
        held.countDown();
        appender.stop();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).hasSize(QueuedAppender.MOST_WAITING + 1);
    }

    @Test
    void what_waits_is_written_at_the_stop() {
        held.countDown();
        appender.start();
        log("first");
        appender.format(LogFormat.JSON);
        log("last");

        appender.stop();

        assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("\"message\":\"last\"}\n");
    }
}

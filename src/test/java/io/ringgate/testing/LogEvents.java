package io.ringgate.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * The events that one class logs, at any level and from any thread, while a test runs. Used as an extension of JUnit
 * ({@code @RegisterExtension}) it begins empty before each test; else {@link #start} and {@link #close} bound it.
 */
public final class LogEvents implements BeforeEachCallback, AfterEachCallback, AutoCloseable {

    private final Logger logger;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(Event.of(event));
        }
    };
    private Level before;

    /**
     * One event.
     *
     * @param pairs in the order in which they were added, with their values as they were given
     */
    public record Event(String level, String message, Map<String, Object> pairs) {

        private static Event of(ILoggingEvent event) {
            Map<String, Object> pairs = new LinkedHashMap<>();
            if (event.getKeyValuePairs() != null) {
                event.getKeyValuePairs().forEach(pair -> {
                    if (pairs.containsKey(pair.key)) {
                        throw new AssertionError("the key " + pair.key + " stands twice in: " + event.getMessage());
                    }
                    pairs.put(pair.key, pair.value);
                });
            }
            return new Event(event.getLevel().toString(), event.getFormattedMessage(), pairs);
        }

        /** The value of a pair as text; fails when there is no such pair. */
        public String value(String key) {
            if (!pairs.containsKey(key)) {
                throw new AssertionError("no " + key + " in: " + this);
            }
            return String.valueOf(pairs.get(key));
        }

        /** As the text format has it, without time, level and logger, and with nothing quoted. */
        @Override
        public String toString() {
            StringBuilder line = new StringBuilder(message);
            pairs.forEach(
                    (key, value) -> line.append(' ').append(key).append('=').append(value));
            return line.toString();
        }
    }

    private LogEvents(Logger logger) {
        this.logger = logger;
    }

    public static LogEvents of(Class<?> logging) {
        return new LogEvents((Logger) LoggerFactory.getLogger(logging));
    }

    /** Captures from now on. */
    public LogEvents start() {
        events.clear();
        before = logger.getLevel();
        logger.setLevel(Level.TRACE);
        appender.start();
        logger.addAppender(appender);
        return this;
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        appender.stop();
        logger.setLevel(before);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    /** All so far, the oldest first. */
    public List<Event> all() {
        return List.copyOf(events);
    }

    /** All so far as lines. */
    public List<String> lines() {
        return events.stream().map(Event::toString).toList();
    }

    /** Those with these words. */
    public List<Event> with(String message) {
        return events.stream().filter(event -> event.message().equals(message)).toList();
    }
}

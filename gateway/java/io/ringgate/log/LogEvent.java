package io.ringgate.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One event, taken on the thread that logs it. Immutable and of bounded size, so that it may wait in a queue: objects are
 * turned to text here, and texts longer than {@link #LONGEST} characters are cut.
 *
 * @param logger the full name
 */
record LogEvent(
        Instant time,
        String level,
        String logger,
        String message,
        List<Pair> pairs,
        @Nullable IThrowableProxy throwable) {

    /** Characters of a message or a value. */
    static final int LONGEST = 2048;

    /** @param value a text, a number, a boolean or null */
    record Pair(String key, @Nullable Object value) {}

    static LogEvent of(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return new LogEvent(
                event.getInstant(),
                event.getLevel().toString(),
                event.getLoggerName(),
                cut(String.valueOf(event.getFormattedMessage())),
                pairs == null
                        ? List.of()
                        : pairs.stream()
                                .map(p -> new Pair(p.key, value(p.value)))
                                .toList(),
                event.getThrowableProxy());
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean yes -> yes;
            case Integer number -> number;
            case Long number -> number;
            case Short number -> number;
            case Byte number -> number;
            case Double number when Double.isFinite(number) -> number;
            case Float number when Float.isFinite(number) -> number;
            case BigDecimal number -> number;
            case BigInteger number -> number;
            default -> cut(text(value));
        };
    }

    /** A fault in somebody's toString must not keep the event from the log. */
    private static String text(Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException fault) {
            return "toString of " + value.getClass().getName() + " failed";
        }
    }

    /** The beginning of a long text, with its length in the end; a pair of surrogates stays whole. */
    static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        String end = "... (" + text.length() + " characters)";
        int kept = LONGEST - end.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(kept - 1)) ? kept - 1 : kept) + end;
    }
}

package io.ringgate.verification;

import io.ringgate.metrics.Metrics;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what came of one method's credentials. Any thread. */
public final class VerificationCounters {

    private final Map<Event, Metrics.Counter> counters;

    /** What can be counted. */
    public enum Event {
        /** A verified one was found in the cache. */
        CACHED,
        /** A rejected one was. */
        CACHED_REJECTED,
        VERIFIED,
        REJECTED,
        /** The check itself failed. */
        FAILED,
        QUEUE_FULL,
        TOO_MANY_FAILURES
    }

    /** @param counters of the events that count; one may count several */
    public VerificationCounters(Map<Event, Metrics.Counter> counters) {
        this.counters = new EnumMap<>(counters);
    }

    void count(Event event) {
        Metrics.Counter counter = counters.get(event);
        if (counter != null) {
            counter.increment();
        }
    }

    void count(VerificationResult<?, ?> result) {
        Event event = event(result);
        if (event != null) {
            count(event);
        }
    }

    private static @Nullable Event event(VerificationResult<?, ?> result) {
        return switch (result) {
            case VerificationResult.Verified<?, ?> _ -> Event.VERIFIED;
            case VerificationResult.Unassigned<?, ?> _, VerificationResult.Rejected<?, ?> _ -> Event.REJECTED;
            case VerificationResult.Undecided<?, ?>(Unavailable why) ->
                switch (why) {
                    case FAILED -> Event.FAILED;
                    case QUEUE_FULL -> Event.QUEUE_FULL;
                    case TOO_MANY_FAILURES -> Event.TOO_MANY_FAILURES;
                    case CHANGED -> null;
                };
        };
    }
}

package io.ringgate.pipeline;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of the writes of one edge since it is configured, for whoever shows it. A part is absent where it did not
 * happen.
 */
public record EdgeStatus(
        @Nullable Instant lastAccepted, @Nullable Refusal lastRefusal, Waits waits) {

    static final EdgeStatus NONE = new EdgeStatus(null, null, new Waits(0, 0, Duration.ZERO));

    /**
     * The last refusal of an edge's write.
     *
     * @param reason its label
     * @param sentence as the sender got it
     */
    public record Refusal(Instant time, String reason, String sentence, String requestId) {}

    /**
     * Writes that had to wait for memory or a place.
     *
     * @param granted how many got it
     * @param refused how many did not
     * @param time that all of them waited
     */
    public record Waits(long granted, long refused, Duration time) {}
}

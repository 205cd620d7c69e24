package io.ringgate.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a write holds.
 *
 * @param series all series, refused ones included
 * @param refusedSeries series that are not sent on
 * @param samples of the series that are sent on; likewise histograms and exemplars
 * @param metadata metric metadata entries, which always go along
 * @param emptyMetadata those of them that hold nothing; a write with one is to be refused
 * @param decoded what a receiver holds of what is sent on, in bytes, as {@link DecodedSize} estimates it
 * @param refusedBy how many series each fault refused; only faults that happened
 * @param observedBy likewise how many series are sent on although they exceed a limit that is only observed
 * @param conflicts in how many series the sender had set a stamped label otherwise, by label; only labels with conflicts
 * @param timeGaps how far the series that are refused by time are from being let through
 * @param firstFault names the first refused series and its fault, fit for a client; null when none is refused
 */
public record WriteCounts(
        int series,
        int refusedSeries,
        long samples,
        long histograms,
        long exemplars,
        int metadata,
        int emptyMetadata,
        long decoded,
        Map<SeriesFault, Integer> refusedBy,
        Map<SeriesFault, Integer> observedBy,
        Map<String, Integer> conflicts,
        TimeGaps timeGaps,
        @Nullable String firstFault) {

    public WriteCounts {
        refusedBy = Map.copyOf(refusedBy);
        observedBy = Map.copyOf(observedBy);
        conflicts = Map.copyOf(conflicts);
    }

    /** How many series are refused for their samples' times alone: whatever else is wrong with a series is found first. */
    public int refusedByTime() {
        return refusedBy.getOrDefault(SeriesFault.TOO_OLD, 0) + refusedBy.getOrDefault(SeriesFault.TOO_NEW, 0);
    }

    /** True when there is nothing to send: no series came, and no metadata. */
    public boolean empty() {
        return series == 0 && metadata == 0;
    }
}

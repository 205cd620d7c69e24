package io.ringgate.reload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unit of which there may be ten thousand. Those that are read next to one another come into force together, and one is
 * shown in metrics only once it was refused.
 */
public interface BatchedUnit extends Unit {

    /** The unit that lists them. Its hash is that of all of them. */
    String LISTED_BY = "limits";

    /** What it says anew; null when that is in force. */
    LoadedPolicies.@Nullable Change change(ActiveConfiguration now) throws UnitProblem;

    /** Why what it says waits; empty when it does not. */
    default List<PendingReason> pendingReasons(ActiveConfiguration now, LoadedPolicies.Change change) {
        return List.of();
    }

    /** What it does, for log and answer. */
    default String describe(ActiveConfiguration now, LoadedPolicies.Change change) {
        return "";
    }

    @Override
    default ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem {
        LoadedPolicies.Change change = change(now);
        return change == null
                ? now
                : now.with(new LoadedPolicies.Builder(now.limits()).put(change).build());
    }
}

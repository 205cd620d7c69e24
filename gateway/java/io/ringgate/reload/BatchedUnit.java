package io.ringgate.reload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unit of which there may be ten thousand: a policy file. Those that are read next to one another are changed together, and
 * one has metrics only once it was refused.
 */
public interface BatchedUnit extends Unit {

    /** The unit that lists them. Its hash is that of all of them. */
    String LISTED_BY = "limits";

    /** What it changes; null when it says what is active. */
    LoadedPolicies.@Nullable Change change(ActiveConfiguration now) throws UnitProblem;

    /** Why the change waits; empty when it does not. */
    default List<PendingReason> pendingReasons(ActiveConfiguration now, LoadedPolicies.Change change) {
        return List.of();
    }

    /** What the change does, for log and answer. */
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

package io.ringgate.reload;

import java.util.List;
import java.util.Set;

/** What a reload does with one unit. The planner makes it; a reload applies it, a dry run shows it. */
public sealed interface UnitPlan {

    /** Its name. */
    String unit();

    /** Its files were read and say what is active. */
    record Unchanged(String unit, long hash) implements UnitPlan {}

    /**
     * Its files say something else, which becomes active.
     *
     * @param what the effect of the change; empty when there is no more to say
     * @param hash of its files
     */
    record Changed(String unit, String what, long hash) implements UnitPlan {}

    /**
     * Its change waits for the operator's force.
     *
     * @param withdrawals what of the change becomes active at once; empty for nothing
     * @param what the effect of the rest, once it is forced; empty when there is no more to say
     */
    record Pending(String unit, String withdrawals, String what, List<PendingReason> reasons) implements UnitPlan {

        public Pending {
            reasons = List.copyOf(reasons);
        }

        /** All reasons in one text. */
        public String why() {
            return PendingReason.text(reasons);
        }
    }

    /** Its files cannot be used: the last good state stays active. */
    record Refused(String unit, List<String> problems) implements UnitPlan {

        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** Its files were written while they were read: they are read again. */
    record BeingWritten(String unit) implements UnitPlan {}

    /**
     * Of a unit whose files say something else.
     *
     * @param reasons why the change waits, as far as it is not forced
     */
    static UnitPlan of(String unit, String what, List<PendingReason> reasons, Set<Force> forced, long hash) {
        List<PendingReason> left = PendingReason.unforced(reasons, forced);
        return left.isEmpty() ? new Changed(unit, what, hash) : new Pending(unit, "", what, left);
    }

    /** Whether applying it changes what is active. */
    default boolean hasEffect() {
        return switch (this) {
            case Changed _ -> true;
            case Pending pending -> !pending.withdrawals().isEmpty();
            case Unchanged _, Refused _, BeingWritten _ -> false;
        };
    }
}

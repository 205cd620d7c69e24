package io.ringgate.reload;

import java.util.List;

/**
 * What a reload would do: per unit whether it is unchanged, changed, pending, refused or being written, and the
 * configuration that would be active after it. A reload applies it; a dry run and {@code ringgate diff} show it.
 *
 * @param from what is active
 * @param to what becomes active
 * @param units in the order in which they were read, those that are refused last
 * @param swap applies it
 */
public record ReloadPlan(
        ActiveConfiguration from, ActiveConfiguration to, List<UnitPlan> units, ReloadTarget.Swap swap) {

    public ReloadPlan {
        units = List.copyOf(units);
    }

    /** Whether applying it changes what is active. */
    boolean hasEffect() {
        return units.stream().anyMatch(UnitPlan::hasEffect);
    }

    /** The answer to an operator who asks for this plan. */
    public ReloadReport report() {
        return new ReloadReport(units.stream()
                .flatMap(unit -> ReloadReport.results(unit).stream())
                .toList());
    }

    /** The report in the conditional, a line for each fact. */
    public String text() {
        return report().plannedText();
    }

    /** Whether no unit has anything to report. */
    public boolean isEmpty() {
        return report().units().isEmpty();
    }
}

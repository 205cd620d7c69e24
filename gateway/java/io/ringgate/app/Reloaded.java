package io.ringgate.app;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of reading the configuration anew.
 *
 * @param units only those that changed or were refused
 */
public record Reloaded(List<Result> units) {

    /**
     * Of one unit.
     *
     * @param problems why it was refused; empty when it is in force now
     */
    public record Result(String unit, List<String> problems) {}

    public boolean good() {
        return units.stream().allMatch(unit -> unit.problems().isEmpty());
    }

    /** For whoever asked, a line a fact. */
    public String text() {
        List<String> lines = new ArrayList<>();
        for (Result unit : units) {
            if (unit.problems().isEmpty()) {
                lines.add(unit.unit() + ": in force");
            }
            unit.problems()
                    .forEach(problem -> lines.add(unit.unit() + ": refused, the last good one stays: " + problem));
        }
        return lines.isEmpty() ? "nothing changed\n" : String.join("\n", lines) + "\n";
    }
}

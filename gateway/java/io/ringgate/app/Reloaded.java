package io.ringgate.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What came of reading the configuration anew.
 *
 * @param units only those that changed, were refused or wait
 */
public record Reloaded(List<Result> units) {

    /** How a unit stands after it was read. */
    public enum Ending {
        IN_FORCE("in force"),
        WAITS("waits: "),
        REFUSED("refused, the last good one stays: ");

        private final String words;

        Ending(String words) {
            this.words = words;
        }
    }

    /**
     * Of one unit.
     *
     * @param sentences why it waits or was refused; none when it is in force now
     */
    public record Result(String unit, Ending ending, List<String> sentences) {}

    /** The worst that happened to a unit. */
    public Ending ending() {
        return units.stream().map(Result::ending).max(Comparator.naturalOrder()).orElse(Ending.IN_FORCE);
    }

    /** For whoever asked, a line a fact. */
    public String text() {
        List<String> lines = new ArrayList<>();
        for (Result unit : units) {
            String first = unit.unit() + ": " + unit.ending().words;
            if (unit.sentences().isEmpty()) {
                lines.add(first);
            }
            unit.sentences().forEach(sentence -> lines.add(first + sentence));
        }
        return lines.isEmpty() ? "nothing changed\n" : String.join("\n", lines) + "\n";
    }
}

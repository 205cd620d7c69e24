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
        IN_FORCE("in force", "in force: "),
        WAITS("waits", "waits: "),
        REFUSED("refused", "refused, the last good one stays: ");

        private final String alone;
        private final String words;

        Ending(String alone, String words) {
            this.alone = alone;
            this.words = words;
        }
    }

    /**
     * Of one unit.
     *
     * @param sentences why it waits or was refused, or what is new in force; none when there is no more to say
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
            if (unit.sentences().isEmpty()) {
                lines.add(unit.unit() + ": " + unit.ending().alone);
            }
            String first = unit.unit() + ": " + unit.ending().words;
            unit.sentences().forEach(sentence -> lines.add(first + sentence));
        }
        return lines.isEmpty() ? "nothing changed\n" : String.join("\n", lines) + "\n";
    }
}

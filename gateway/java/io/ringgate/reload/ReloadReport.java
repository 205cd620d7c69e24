package io.ringgate.reload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What came of reading the configuration anew.
 *
 * @param units only those that changed, were refused or wait
 */
public record ReloadReport(List<Result> units) {

    /** How a unit stands after it was read. */
    public enum Ending {
        IN_FORCE("in force", ""),
        WAITS("waits", ""),
        REFUSED("refused", ", the last good one stays");

        private final String done;
        private final String more;

        Ending(String done, String more) {
            this.done = done;
            this.more = more;
        }

        private String words(boolean planned) {
            if (!planned) {
                return done;
            }
            return "would " + (this == WAITS ? "wait" : "be " + done);
        }
    }

    /**
     * Of one unit.
     *
     * @param sentences why it waits or was refused, or what is new in force; none when there is no more to say
     */
    public record Result(String unit, Ending ending, List<String> sentences) {

        /** @param what the change does; empty when there is no more to say */
        public static Result inForce(String unit, String what) {
            return new Result(unit, Ending.IN_FORCE, what.isEmpty() ? List.of() : List.of(what));
        }
    }

    /** The worst that happened to a unit. */
    public Ending ending() {
        return units.stream().map(Result::ending).max(Comparator.naturalOrder()).orElse(Ending.IN_FORCE);
    }

    /** For whoever asked, a line a fact. */
    public String text() {
        return text(false);
    }

    /** The same for a reload that was not made. */
    public String plan() {
        return text(true);
    }

    private String text(boolean planned) {
        List<String> lines = new ArrayList<>();
        for (Result unit : units) {
            String words = unit.unit() + ": " + unit.ending().words(planned);
            if (unit.sentences().isEmpty()) {
                lines.add(words);
            }
            unit.sentences().forEach(sentence -> lines.add(words + unit.ending().more + ": " + sentence));
        }
        if (lines.isEmpty()) {
            return planned ? "nothing would change\n" : "nothing changed\n";
        }
        return String.join("\n", lines) + "\n";
    }
}

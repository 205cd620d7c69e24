package io.ringgate.reload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The result of a reload, for the operator who asked for it.
 *
 * @param units only those that changed, wait or were refused
 */
public record ReloadReport(List<Result> units) {

    /** The result of a unit, from good to bad. */
    public enum Outcome {
        APPLIED("applied", ""),
        PENDING("pending", ""),
        REFUSED("refused", ", the last good one stays");

        private final String word;
        private final String more;

        Outcome(String word, String more) {
            this.word = word;
            this.more = more;
        }
    }

    /**
     * Of one unit.
     *
     * @param sentences what changed, or why it waits or was refused; may be empty
     */
    public record Result(String unit, Outcome outcome, List<String> sentences) {

        /** @param what the effect of the change; empty when there is no more to say */
        static Result applied(String unit, String what) {
            return new Result(unit, Outcome.APPLIED, what.isEmpty() ? List.of() : List.of(what));
        }
    }

    public ReloadReport {
        units = List.copyOf(units);
    }

    /** The results of a unit's plan; none of a unit that is unchanged. */
    static List<Result> results(UnitPlan plan) {
        return switch (plan) {
            case UnitPlan.Unchanged _ -> List.of();
            case UnitPlan.Changed(String unit, String what, long _) -> List.of(Result.applied(unit, what));
            case UnitPlan.Pending pending -> ofPending(pending);
            case UnitPlan.Refused(String unit, List<String> problems) ->
                List.of(new Result(unit, Outcome.REFUSED, problems));
            case UnitPlan.BeingWritten(String unit) ->
                List.of(new Result(
                        unit,
                        Outcome.PENDING,
                        List.of("its files are being written now, they are read again in a second")));
        };
    }

    private static List<Result> ofPending(UnitPlan.Pending pending) {
        List<Result> results = new ArrayList<>();
        if (!pending.withdrawals().isEmpty()) {
            results.add(Result.applied(pending.unit(), "withdrawals: " + pending.withdrawals()));
        }
        List<String> sentences =
                pending.what().isEmpty() ? List.of(pending.why()) : List.of(pending.what(), pending.why());
        results.add(new Result(pending.unit(), Outcome.PENDING, sentences));
        return results;
    }

    /** The worst of all units. */
    public Outcome outcome() {
        return units.stream()
                .map(Result::outcome)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.APPLIED);
    }

    /** The worst outcome in a word, {@code unchanged} where no unit changed. */
    public String result() {
        return units.isEmpty() ? "unchanged" : outcome().word;
    }

    /** A line for each fact. */
    public String text() {
        return text("", "nothing changed\n");
    }

    /** The same for a dry run. */
    public String plannedText() {
        return text("would be ", "nothing would change\n");
    }

    private String text(String mood, String nothing) {
        List<String> lines = new ArrayList<>();
        for (Result result : units) {
            String words = result.unit() + ": " + mood + result.outcome().word;
            if (result.sentences().isEmpty()) {
                lines.add(words);
            }
            result.sentences().forEach(sentence -> lines.add(words + result.outcome().more + ": " + sentence));
        }
        return lines.isEmpty() ? nothing : String.join("\n", lines) + "\n";
    }
}

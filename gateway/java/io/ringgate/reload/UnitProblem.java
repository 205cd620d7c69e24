package io.ringgate.reload;

import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Severity;
import java.util.List;

/** Why a unit of the configuration is refused, in sentences for the operator. */
public final class UnitProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> sentences;

    public UnitProblem(String sentence) {
        this(List.of(sentence));
    }

    public UnitProblem(List<String> sentences) {
        super(String.join("; ", sentences), null, false, false);
        this.sentences = List.copyOf(sentences);
    }

    public static UnitProblem of(Problems problems) {
        return new UnitProblem(problems.list().stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .map(Problem::toString)
                .toList());
    }

    public String sentence() {
        return String.join("; ", sentences);
    }

    public List<String> sentences() {
        return sentences;
    }
}

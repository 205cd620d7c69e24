package io.ringgate.reload;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one unit.
 *
 * @param since when its active state was first read
 * @param read when its files last said what is active
 * @param problems why what is in its files now was refused; empty when it was not
 * @param pending why what is in its files now waits for the operator's word; null when it does not
 */
public record UnitState(
        String unit,
        Instant since,
        Instant read,
        List<String> problems,
        @Nullable String pending) {

    public UnitState {
        problems = List.copyOf(problems);
    }

    boolean good() {
        return problems.isEmpty();
    }
}

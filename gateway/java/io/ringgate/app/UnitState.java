package io.ringgate.app;

import java.time.Instant;
import java.util.List;

/**
 * How one unit stands.
 *
 * @param since when its state in force was read
 * @param problems why what is in its files now was not taken; empty when it was
 */
record UnitState(String unit, Instant since, List<String> problems) {

    UnitState {
        problems = List.copyOf(problems);
    }

    boolean good() {
        return problems.isEmpty();
    }
}

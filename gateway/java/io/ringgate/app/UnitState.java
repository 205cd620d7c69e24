package io.ringgate.app;

import java.time.Instant;
import java.util.List;

/**
 * How one unit stands.
 *
 * @param since when its state in force was read for the first time
 * @param read when its files were last found to say what is in force
 * @param problems why what is in its files now was not taken; empty when it was
 */
record UnitState(String unit, Instant since, Instant read, List<String> problems) {

    UnitState {
        problems = List.copyOf(problems);
    }

    boolean good() {
        return problems.isEmpty();
    }
}

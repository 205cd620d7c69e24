package io.ringgate.observe;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one unit of the configuration is shown.
 *
 * @param since when its active state was read first
 * @param problems why its files are refused now; empty when they are not
 * @param pending why its files wait for force; null when they do not
 */
public record UnitStatus(
        String unit,
        Instant since,
        List<String> problems,
        @Nullable String pending) {

    public UnitStatus {
        problems = List.copyOf(problems);
    }
}

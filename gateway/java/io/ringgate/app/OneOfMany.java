package io.ringgate.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unit of which there may be ten thousand. Those that are read next to one another come into force together, and one is
 * shown in metrics only once it was refused.
 */
interface OneOfMany extends Unit {

    /** What it says anew; null when that is in force. */
    Limits.@Nullable News news(InForce now) throws UnitProblem;

    /** Why what it says waits; empty when it does not. */
    default List<Waiting> waits(InForce now, Limits.News news) {
        return List.of();
    }

    /** What it does, for log and answer. */
    default String describe(InForce now, Limits.News news) {
        return "";
    }

    @Override
    default InForce read(InForce now) throws UnitProblem {
        Limits.News news = news(now);
        return news == null
                ? now
                : now.with(new Limits.Draft(now.limits()).put(news).limits());
    }
}

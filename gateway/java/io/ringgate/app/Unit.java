package io.ringgate.app;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of the configuration that is read, checked and swapped whole, and that keeps its last good state when it cannot
 * be: a typo in one must not hold up the others. Runs on the thread that reloads, and may block.
 */
interface Unit {

    /** As metrics, log and status name it. */
    String name();

    /** What it is read from. */
    Set<Path> files();

    /** Reads it anew: what would be in force with it. Equal to {@code now} when nothing changed. */
    InForce read(InForce now) throws UnitProblem;

    /** Why a change is not made before the operator insists on it; null for one that is made at once. */
    default @Nullable String waits(InForce now, InForce next) {
        return null;
    }
}

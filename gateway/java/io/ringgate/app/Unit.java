package io.ringgate.app;

import java.nio.file.Path;
import java.util.Set;

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
}

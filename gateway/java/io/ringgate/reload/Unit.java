package io.ringgate.reload;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A part of the configuration that is read, checked and swapped whole, and that keeps its last good state when it cannot
 * be: a typo in one must not stop the others. Runs on the thread that reloads, and may block.
 */
public interface Unit {

    /** As metrics, log and status name it. */
    String name();

    /** What it is read from. */
    Set<Path> files();

    /** Reads its files: what would be active with them. Equal to {@code now} when nothing changed. */
    ActiveConfiguration read(ActiveConfiguration now) throws UnitProblem;

    /** What its files hold, as a number: the same on every replica that has read the same. */
    default long hash() {
        return FilesHash.of(files());
    }

    /** Why a change waits for the operator's force; empty for one that applies at once. */
    default List<PendingReason> pendingReasons(ActiveConfiguration now, ActiveConfiguration next) {
        return List.of();
    }

    /** The part of a pending change that applies at once all the same; {@code now} for none. */
    default ActiveConfiguration atOnce(ActiveConfiguration now, ActiveConfiguration next) {
        return now;
    }

    /** What a change does, for log and answer; empty when that it changed says enough. */
    default String describe(ActiveConfiguration now, ActiveConfiguration next) {
        return "";
    }
}

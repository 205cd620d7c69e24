package io.ringgate.watch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one file: its mark when it was last reported and at the last scan, and since when it keeps changing. */
final class FileState {

    private Optional<FileMark> told;
    private Optional<FileMark> last = Optional.empty();
    private boolean looked;
    private @Nullable Long content;
    private boolean restless;
    private long restlessSince;

    /** It was reported, or due to be read, although it kept changing. */
    private boolean overdue;

    FileState(Optional<FileMark> told) {
        this.told = told;
    }

    /** True when it is unchanged since the last scan. */
    boolean observe(Optional<FileMark> now, long nowNanos) {
        boolean still = looked && now.equals(last);
        // What the first scan finds counts as reported.
        if (still) {
            restless = false;
            overdue = false;
        } else if (looked || !now.equals(told)) {
            unrest(nowNanos);
        }
        looked = true;
        last = now;
        return still;
    }

    /** It is changing; true when it has been for longer than the longest wait. */
    boolean unrest(long nowNanos) {
        if (!restless) {
            restless = true;
            restlessSince = nowNanos;
        }
        overdue |= nowNanos - restlessSince >= FileChanges.LONGEST_WAIT_NANOS;
        return overdue;
    }

    boolean isOverdue() {
        return overdue;
    }

    /** It is read as it is, and the next wait begins. */
    void restartWait(long nowNanos) {
        overdue = false;
        restless = true;
        restlessSince = nowNanos;
    }

    /** True for a change that is not reported yet. */
    boolean isNews() {
        return !last.equals(told);
    }

    boolean isTold(Optional<FileMark> mark) {
        return mark.equals(told);
    }

    /** What the last scan found is reported; its content is not known. */
    void markReported() {
        markReported(last, null);
    }

    void markReported(Optional<FileMark> mark, @Nullable Long checksum) {
        told = mark;
        content = checksum;
    }

    /** True when its content differs from the known one, which it replaces. */
    boolean differs(@Nullable Long checksum) {
        boolean differs = content != null && checksum != null && !content.equals(checksum);
        content = checksum;
        return differs;
    }
}

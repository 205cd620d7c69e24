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

    /** It was told, or was to be read, although it did not hold still. */
    private boolean overdue;

    FileState(Optional<FileMark> told) {
        this.told = told;
    }

    /** True when it is what it was in the last look. */
    boolean look(Optional<FileMark> now, long nowNanos) {
        boolean still = looked && now.equals(last);
        // The first look at a file is at what is told already.
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

    /** It changes just now; true when it has done so for as long as anybody waits for it. */
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

    /** It is read as it is; the next wait begins. */
    void takenAsItIs(long nowNanos) {
        overdue = false;
        restless = true;
        restlessSince = nowNanos;
    }

    /** True for what is not told yet. */
    boolean isNews() {
        return !last.equals(told);
    }

    boolean isTold(Optional<FileMark> mark) {
        return mark.equals(told);
    }

    /** What it was in the last look is told: its content is not known. */
    void tell() {
        tell(last, null);
    }

    void tell(Optional<FileMark> mark, @Nullable Long checksum) {
        told = mark;
        content = checksum;
    }

    /** True when it is another one than the one that is known; from now on this is. */
    boolean differs(@Nullable Long checksum) {
        boolean differs = content != null && checksum != null && !content.equals(checksum);
        content = checksum;
        return differs;
    }
}

package io.ringgate.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects changed files by polling. A change is reported once two scans found the file the same, so a file that is
 * written in several steps is not read in between. A file that keeps changing is reported after {@link
 * #LONGEST_WAIT_NANOS} all the same: it may withdraw a credential.
 *
 * <p>Polling instead of events of the file system: it sees symlinks that are swapped anywhere on the path and files on
 * network mounts, and cannot miss an event. A scan costs a few microseconds a file. Size and times can be set back, and
 * some file systems keep none, so the content of small files is compared too, of a bounded number in each scan. One
 * thread.
 */
public final class FileChanges {

    /** With a scan each second, a change is reported within five seconds. */
    static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(4).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(FileChanges.class);

    /** Files in one scan: every second they cost about half a percent of a core. */
    private static final int MOST_AT_ONCE = 2_500;

    /** Files whose content is read in one scan: about as much again. */
    private static final int MOST_READ = 200;

    private static final long MOST_READ_BYTES = 8 << 20;

    private final Function<Path, Optional<FileMark>> readMark;
    private final LongSupplier nanoTime;
    private final int mostAtOnce;
    private final FileContent content = new FileContent();
    private final Map<Path, FileState> seen = new HashMap<>();

    /** Files that differed in their last two scans. */
    private final Set<Path> unsettled = new HashSet<>();

    private int next;
    private int nextRead;
    private int nextReadOfMany;

    public FileChanges() {
        this(file -> Optional.ofNullable(FileMark.of(file)), System::nanoTime, MOST_AT_ONCE);
    }

    FileChanges(Function<Path, Optional<FileMark>> readMark, LongSupplier nanoTime, int mostAtOnce) {
        this.readMark = readMark;
        this.nanoTime = nanoTime;
        this.mostAtOnce = mostAtOnce;
    }

    /** Looks once at each of the files. */
    public Set<Path> scan(Collection<Path> files) {
        return scan(files, List.of());
    }

    /**
     * Looks once at each of the files, and at as many of the many as it may.
     *
     * @param many whose turn comes every few looks where there are thousands; at once when one of the files is about to
     *     change, as the folder is that they lie in when one is renamed into place, or a ConfigMap's link is swapped
     * @return those that differ from their last report and have settled, or have kept changing for too long. A file
     *     that was not looked at before is told with its first change.
     */
    public Set<Path> scan(Collection<Path> files, List<Path> many) {
        Set<Path> changed = new HashSet<>();
        boolean calm = true;
        for (Path file : files) {
            calm &= scan(file, changed);
        }
        for (Path file : calm ? turn(many) : many) {
            scan(file, changed);
        }
        nextRead = read(List.copyOf(files), nextRead, changed);
        nextReadOfMany = read(many, nextReadOfMany, changed);
        if (seen.size() > files.size() + many.size()) {
            Set<Path> left = new HashSet<>(files);
            left.addAll(many);
            seen.keySet().retainAll(left);
            unsettled.retainAll(left);
        }
        return changed;
    }

    /** Those that differ from their last report. A file that was never scanned is not among them. */
    public Map<Path, Object> untold(Collection<Path> files) {
        Map<Path, Object> untold = new HashMap<>();
        for (Path file : files) {
            FileState known = seen.get(file);
            Optional<FileMark> mark = readMark.apply(file);
            if (known != null && !known.isTold(mark)) {
                untold.put(file, mark);
            }
        }
        return untold;
    }

    /** True when it is unchanged since the last scan. */
    private boolean scan(Path file, Set<Path> changed) {
        Optional<FileMark> now = readMark.apply(file);
        FileState before = stateOf(file, now);
        boolean still = before.observe(now, nanoTime.getAsLong());
        if (still) {
            unsettled.remove(file);
        } else {
            unsettled.add(file);
        }
        if ((still || before.isOverdue()) && before.isNews()) {
            before.markReported();
            changed.add(file);
        }
        return still;
    }

    private FileState stateOf(Path file, Optional<FileMark> now) {
        return seen.computeIfAbsent(file, _ -> new FileState(now));
    }

    /** Those that were seen changing, and the next of the others. */
    private Collection<Path> turn(List<Path> many) {
        if (many.size() <= mostAtOnce) {
            return many;
        }
        Set<Path> now = new HashSet<>(unsettled);
        for (int i = 0; i < mostAtOnce; i++) {
            next = (next + 1) % many.size();
            now.add(many.get(next));
        }
        return now;
    }

    /** Reads the next of the files whose marks have not changed. Returns where the next scan continues. */
    private int read(List<Path> files, int from, Set<Path> changed) {
        long most = content.bytesRead() + MOST_READ_BYTES;
        int at = from;
        for (int i = Math.min(files.size(), MOST_READ); i > 0 && content.bytesRead() < most; i--) {
            at = (at + 1) % files.size();
            Path file = files.get(at);
            FileState known = seen.get(file);
            if (known != null && !unsettled.contains(file) && known.differs(content.checksum(file))) {
                changed.add(file);
            }
        }
        return at;
    }

    /**
     * True when the files are now what they were when {@code reading} began: then that is what is known of them. So it
     * is when they have not held still for too long: what came of the reading is to be taken as it is.
     */
    public boolean undisturbed(Collection<Path> files, Runnable reading) {
        List<FileSnapshot> before = snapshots(files);
        reading.run();
        List<FileSnapshot> after = snapshots(files);
        boolean same = before.equals(after);
        boolean overdue = false;
        for (int i = 0; i < before.size(); i++) {
            FileSnapshot snapshot = before.get(i);
            FileState known = stateOf(snapshot.file(), snapshot.mark());
            if (!snapshot.equals(after.get(i))) {
                known.unrest(nanoTime.getAsLong());
            }
            overdue |= known.isOverdue();
        }
        if (!same && !overdue) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            record(before.get(i), before.get(i).equals(after.get(i)));
        }
        return true;
    }

    private void record(FileSnapshot snapshot, boolean undisturbed) {
        FileState known = stateOf(snapshot.file(), snapshot.mark());
        known.markReported(snapshot.mark(), undisturbed ? snapshot.checksum() : null);
        if (known.isOverdue()) {
            LOG.atWarn()
                    .addKeyValue("file", snapshot.file())
                    .addKeyValue("duration", Duration.ofNanos(LONGEST_WAIT_NANOS))
                    .log("file keeps changing, read as it is");
            known.restartWait(nanoTime.getAsLong());
        }
    }

    /** A file at one moment, with its content. */
    private record FileSnapshot(
            Path file, Optional<FileMark> mark, @Nullable Long checksum) {}

    private List<FileSnapshot> snapshots(Collection<Path> files) {
        return files.stream()
                .map(file -> new FileSnapshot(file, readMark.apply(file), content.checksum(file)))
                .toList();
    }
}

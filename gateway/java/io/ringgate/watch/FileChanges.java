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
 * Which files changed, by looking at them again and again. A change is told once the file was the same in two looks: who
 * writes a file in several steps is not read in between. A file that never holds still is told all the same after
 * {@link #LONGEST_WAIT_NANOS}: it may withdraw a credential.
 *
 * <p>Looking instead of being told: it needs no folder to be watched, sees symlinks swapped anywhere on the way and files on
 * network mounts, and cannot miss an event. A look costs a few microseconds a file. Since size and times can be set back and
 * some file systems keep none, the content of small files is compared too, of a bounded number in each look. One thread.
 */
public final class FileChanges {

    /** With a look each second, a change is told within five seconds of when it was made. */
    static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(4).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(FileChanges.class);

    /** So many cost about half a percent of a core, if they are looked at every second. */
    private static final int MOST_AT_ONCE = 2_500;

    /** Content that is read in one look: about as much again. */
    private static final int MOST_READ = 200;

    private static final long MOST_READ_BYTES = 8 << 20;

    private final Function<Path, Optional<FileMark>> eye;
    private final LongSupplier nanoTime;
    private final int mostAtOnce;
    private final FileContent content = new FileContent();
    private final Map<Path, Seen> seen = new HashMap<>();

    /** Those that were not the same in their last two looks. */
    private final Set<Path> restless = new HashSet<>();

    private int next;
    private int nextRead;
    private int nextReadOfMany;

    public FileChanges() {
        this(file -> Optional.ofNullable(FileMark.of(file)), System::nanoTime, MOST_AT_ONCE);
    }

    FileChanges(Function<Path, Optional<FileMark>> eye, LongSupplier nanoTime, int mostAtOnce) {
        this.eye = eye;
        this.nanoTime = nanoTime;
        this.mostAtOnce = mostAtOnce;
    }

    /** Looks once at each of the files. */
    public Set<Path> look(Collection<Path> files) {
        return look(files, List.of());
    }

    /**
     * Looks once at each of the files, and at as many of the many as it may.
     *
     * @param many whose turn comes every few looks where there are thousands; at once when one of the files is about to
     *     change, as the folder is that they lie in when one is renamed into place, or a ConfigMap's link is swapped
     * @return those that differ from when they were told last, and hold still or did not for too long. A file that was not
     *     looked at before is told with its first change.
     */
    public Set<Path> look(Collection<Path> files, List<Path> many) {
        Set<Path> changed = new HashSet<>();
        boolean calm = true;
        for (Path file : files) {
            calm &= look(file, changed);
        }
        for (Path file : calm ? turn(many) : many) {
            look(file, changed);
        }
        nextRead = read(List.copyOf(files), nextRead, changed);
        nextReadOfMany = read(many, nextReadOfMany, changed);
        if (seen.size() > files.size() + many.size()) {
            Set<Path> left = new HashSet<>(files);
            left.addAll(many);
            seen.keySet().retainAll(left);
            restless.retainAll(left);
        }
        return changed;
    }

    /** Those that differ from when they were told last, as they are now. One that was never looked at is not among them. */
    public Map<Path, Object> untold(Collection<Path> files) {
        Map<Path, Object> untold = new HashMap<>();
        for (Path file : files) {
            Seen known = seen.get(file);
            Optional<FileMark> mark = eye.apply(file);
            if (known != null && !known.isTold(mark)) {
                untold.put(file, mark);
            }
        }
        return untold;
    }

    /** True when it is what it was in the last look. */
    private boolean look(Path file, Set<Path> changed) {
        Optional<FileMark> now = eye.apply(file);
        Seen before = seen(file, now);
        boolean still = before.look(now, nanoTime.getAsLong());
        if (still) {
            restless.remove(file);
        } else {
            restless.add(file);
        }
        if ((still || before.isOverdue()) && before.isNews()) {
            before.tell();
            changed.add(file);
        }
        return still;
    }

    private Seen seen(Path file, Optional<FileMark> now) {
        return seen.computeIfAbsent(file, _ -> new Seen(now));
    }

    /** Those that were seen changing, and the next of the others. */
    private Collection<Path> turn(List<Path> many) {
        if (many.size() <= mostAtOnce) {
            return many;
        }
        Set<Path> now = new HashSet<>(restless);
        for (int i = 0; i < mostAtOnce; i++) {
            next = (next + 1) % many.size();
            now.add(many.get(next));
        }
        return now;
    }

    /** Reads the next of those that are calm, by their marks. Where it goes on in the next look. */
    private int read(List<Path> files, int from, Set<Path> changed) {
        long most = content.bytesRead() + MOST_READ_BYTES;
        int at = from;
        for (int i = Math.min(files.size(), MOST_READ); i > 0 && content.bytesRead() < most; i--) {
            at = (at + 1) % files.size();
            Path file = files.get(at);
            Seen known = seen.get(file);
            if (known != null && !restless.contains(file) && known.differs(content.checksum(file))) {
                changed.add(file);
            }
        }
        return at;
    }

    /**
     * True when the files are now what they were when {@code reading} began: then that is what is known of them. So it is when
     * they have not held still for too long: what came of the reading is to be taken as it is.
     */
    public boolean undisturbed(Collection<Path> files, Runnable reading) {
        List<Glance> before = glances(files);
        reading.run();
        List<Glance> after = glances(files);
        boolean same = before.equals(after);
        boolean overdue = false;
        for (int i = 0; i < before.size(); i++) {
            Glance glance = before.get(i);
            Seen known = seen(glance.file(), glance.mark());
            if (!glance.equals(after.get(i))) {
                known.unrest(nanoTime.getAsLong());
            }
            overdue |= known.isOverdue();
        }
        if (!same && !overdue) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            take(before.get(i), before.get(i).equals(after.get(i)));
        }
        return true;
    }

    private void take(Glance glance, boolean undisturbed) {
        Seen known = seen(glance.file(), glance.mark());
        known.tell(glance.mark(), undisturbed ? glance.checksum() : null);
        if (known.isOverdue()) {
            LOG.atWarn()
                    .addKeyValue("file", glance.file())
                    .addKeyValue("duration", Duration.ofNanos(LONGEST_WAIT_NANOS))
                    .log("file keeps changing, read as it is");
            known.takenAsItIs(nanoTime.getAsLong());
        }
    }

    /** A file at one moment, with its content. */
    private record Glance(
            Path file, Optional<FileMark> mark, @Nullable Long checksum) {}

    private List<Glance> glances(Collection<Path> files) {
        return files.stream()
                .map(file -> new Glance(file, eye.apply(file), content.checksum(file)))
                .toList();
    }
}

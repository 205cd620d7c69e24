package io.ringgate.watch;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which files changed, by looking at them again and again. A change is told once the file was the same in two looks: who
 * writes a file in several steps is not read in between.
 *
 * <p>Looking instead of being told: it needs no folder to be watched, sees symlinks swapped anywhere on the way and files on
 * network mounts, and cannot miss an event. A look costs a few microseconds a file. One thread.
 */
public final class FileChanges {

    /** So many cost about half a percent of a core, if they are looked at every second. */
    private static final int MOST_AT_ONCE = 2_500;

    private final Function<Path, Optional<FileMark>> eye;
    private final int mostAtOnce;
    private final Map<Path, Seen> seen = new HashMap<>();

    /** Those that were not the same in their last two looks. */
    private final Set<Path> restless = new HashSet<>();

    private int next;

    /** What a file was when it was told, and in the last look. */
    private static final class Seen {

        private Optional<FileMark> told;
        private Optional<FileMark> last = Optional.empty();
        private boolean looked;

        Seen(Optional<FileMark> told) {
            this.told = told;
        }
    }

    public FileChanges() {
        this(file -> Optional.ofNullable(FileMark.of(file)), MOST_AT_ONCE);
    }

    FileChanges(Function<Path, Optional<FileMark>> eye, int mostAtOnce) {
        this.eye = eye;
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
     * @return those that differ from when they were told last, and hold still. A file that was not looked at before is told
     *     with its first change.
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
        if (seen.size() > files.size() + many.size()) {
            Set<Path> left = new HashSet<>(files);
            left.addAll(many);
            seen.keySet().retainAll(left);
            restless.retainAll(left);
        }
        return changed;
    }

    /** True when it is what it was in the last look. */
    private boolean look(Path file, Set<Path> changed) {
        Optional<FileMark> now = eye.apply(file);
        Seen before = seen.computeIfAbsent(file, _ -> new Seen(now));
        boolean still = before.looked && now.equals(before.last);
        before.looked = true;
        before.last = now;
        if (still) {
            restless.remove(file);
        } else {
            restless.add(file);
        }
        if (still && !now.equals(before.told)) {
            before.told = now;
            changed.add(file);
        }
        return still;
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

    /** True when the files are now what they were when {@code reading} began: then that is what is known of them. */
    public boolean undisturbed(Collection<Path> files, Runnable reading) {
        Map<Path, Optional<FileMark>> before = marks(files);
        reading.run();
        boolean same = marks(files).equals(before);
        if (same) {
            before.forEach((file, mark) -> seen.computeIfAbsent(file, _ -> new Seen(mark)).told = mark);
        }
        return same;
    }

    private Map<Path, Optional<FileMark>> marks(Collection<Path> files) {
        Map<Path, Optional<FileMark>> marks = new HashMap<>();
        files.forEach(file -> marks.put(file, eye.apply(file)));
        return marks;
    }
}

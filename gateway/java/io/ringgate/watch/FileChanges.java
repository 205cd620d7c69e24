package io.ringgate.watch;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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

    private final Function<Path, Optional<FileMark>> eye;
    private final Map<Path, Optional<FileMark>> told = new HashMap<>();
    private final Map<Path, Optional<FileMark>> last = new HashMap<>();

    public FileChanges() {
        this(file -> Optional.ofNullable(FileMark.of(file)));
    }

    FileChanges(Function<Path, Optional<FileMark>> eye) {
        this.eye = eye;
    }

    /**
     * Looks once at each of the files.
     *
     * @return those that differ from when they were told last, and hold still. A file that was not looked at before is told
     *     with its first change.
     */
    public Set<Path> look(Collection<Path> files) {
        told.keySet().retainAll(files);
        last.keySet().retainAll(files);
        Set<Path> changed = new HashSet<>();
        for (Path file : files) {
            Optional<FileMark> now = eye.apply(file);
            boolean still = now.equals(last.put(file, now));
            Optional<FileMark> known = told.putIfAbsent(file, now);
            if (known != null && still && !now.equals(known)) {
                told.put(file, now);
                changed.add(file);
            }
        }
        return changed;
    }

    /** True when the files are now what they were when {@code reading} began: then that is what is known of them. */
    public boolean undisturbed(Collection<Path> files, Runnable reading) {
        Map<Path, Optional<FileMark>> before = marks(files);
        reading.run();
        boolean same = marks(files).equals(before);
        if (same) {
            told.putAll(before);
        }
        return same;
    }

    private Map<Path, Optional<FileMark>> marks(Collection<Path> files) {
        Map<Path, Optional<FileMark>> marks = new HashMap<>();
        files.forEach(file -> marks.put(file, eye.apply(file)));
        return marks;
    }
}

package io.ringgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChangesTest {

    @TempDir
    private Path folder;

    private final FileChanges changes = new FileChanges();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("edges.yaml"), "one");
    }

    @Test
    void a_file_that_stays_is_not_told() {
        assertThat(changes.scan(List.of(file))).isEmpty();
        assertThat(changes.scan(List.of(file))).isEmpty();
    }

    @Test
    void a_change_is_told_once_it_holds_still_and_only_once() throws IOException {
        changes.scan(List.of(file));
        Files.writeString(file, "longer");

        assertThat(changes.scan(List.of(file))).isEmpty();
        assertThat(changes.scan(List.of(file))).containsExactly(file);
        assertThat(changes.scan(List.of(file))).isEmpty();
    }

    @Test
    void a_file_that_is_still_being_written_is_not_told() throws IOException {
        changes.scan(List.of(file));
        Files.writeString(file, "longer");
        changes.scan(List.of(file));
        Files.writeString(file, "longer still");

        assertThat(changes.scan(List.of(file))).isEmpty();
        assertThat(changes.scan(List.of(file))).containsExactly(file);
    }

    @Test
    void a_file_renamed_into_place_with_the_same_size_and_time_is_told() throws IOException {
        changes.scan(List.of(file));
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        changes.scan(List.of(file));

        assertThat(changes.scan(List.of(file))).containsExactly(file);
    }

    @Test
    void a_config_map_whose_symlink_is_swapped_is_told() throws IOException {
        version("v1", "one");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
        Path seen = Files.createSymbolicLink(folder.resolve("seen.yaml"), Path.of("..data", "edges.yaml"));
        changes.scan(List.of(seen));
        version("v2", "two");
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("v2"));
        Files.move(
                folder.resolve("..data_tmp"),
                folder.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        changes.scan(List.of(seen));

        assertThat(changes.scan(List.of(seen))).containsExactly(seen);
    }

    private void version(String name, String text) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("edges.yaml"), text);
    }

    @Test
    void a_file_that_vanishes_is_told_and_so_is_its_return() throws IOException {
        changes.scan(List.of(file));
        Files.delete(file);
        changes.scan(List.of(file));
        assertThat(changes.scan(List.of(file))).containsExactly(file);

        Files.writeString(file, "one");
        changes.scan(List.of(file));
        assertThat(changes.scan(List.of(file))).containsExactly(file);
    }

    @Test
    void a_file_that_was_left_out_for_a_while_begins_anew() throws IOException {
        changes.scan(List.of(file));
        changes.scan(List.of());
        Files.writeString(file, "longer");

        assertThat(changes.scan(List.of(file))).isEmpty();
        assertThat(changes.scan(List.of(file))).isEmpty();
    }

    @Test
    void of_many_some_are_looked_at_each_time_and_all_when_another_changes() throws IOException {
        List<Path> looked = new ArrayList<>();
        FileChanges few = new FileChanges(
                path -> {
                    looked.add(path);
                    return Optional.ofNullable(FileMark.of(path));
                },
                () -> 0,
                2);
        List<Path> many = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            many.add(Files.writeString(folder.resolve("tenant-" + i), "one"));
        }
        few.scan(List.of(file), many);
        few.scan(List.of(file), many);
        looked.clear();
        Files.writeString(many.get(3), "longer");

        Set<Path> told = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            told.addAll(few.scan(List.of(file), many));
        }
        assertThat(looked).containsAll(many).hasSizeBetween(3 + 6, 3 + 8);
        told.addAll(few.scan(List.of(file), many));
        assertThat(told).containsExactly(many.get(3));

        looked.clear();
        Files.writeString(file, "longer");
        few.scan(List.of(file), many);
        assertThat(looked).hasSize(7);
    }

    @Test
    void reading_is_undisturbed_only_while_nobody_writes() {
        assertThat(changes.undisturbed(List.of(file), () -> {})).isTrue();
        assertThat(changes.undisturbed(List.of(file), () -> write(file, "half")))
                .isFalse();
    }

    /** As some network file systems do, of which nothing tells that a file was written. */
    private static Optional<FileMark> noTimes(Path file) {
        FileTime same = FileTime.fromMillis(0);
        return Optional.of(new FileMark("one", 3, same, same));
    }

    @Test
    void an_edit_in_place_with_the_same_size_and_time_is_told() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        changes.scan(List.of(file));
        changes.scan(List.of(file));
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        changes.scan(List.of(file));

        assertThat(changes.scan(List.of(file))).containsExactly(file);
        assertThat(changes.scan(List.of(file))).isEmpty();
    }

    @Test
    void an_edit_that_shows_in_nothing_but_the_content_is_told_once() throws IOException {
        FileChanges blind = new FileChanges(FileChangesTest::noTimes, () -> 0, 10);
        blind.scan(List.of(file));
        blind.scan(List.of(file));
        Files.writeString(file, "two");

        assertThat(blind.scan(List.of(file))).containsExactly(file);
        assertThat(blind.scan(List.of(file))).isEmpty();
    }

    @Test
    void what_was_read_is_what_its_content_is_compared_with() throws IOException {
        FileChanges blind = new FileChanges(FileChangesTest::noTimes, () -> 0, 10);
        blind.undisturbed(List.of(file), () -> {});
        Files.writeString(file, "two");
        blind.scan(List.of(file));

        assertThat(blind.undisturbed(List.of(file), () -> write(file, "six"))).isFalse();
        assertThat(blind.scan(List.of(file))).containsExactly(file);
    }

    @Test
    void of_many_each_is_compared_by_content_in_its_turn() throws IOException {
        FileChanges blind = new FileChanges(FileChangesTest::noTimes, () -> 0, 10_000);
        List<Path> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            many.add(Files.writeString(folder.resolve("tenant-" + i), "one"));
        }
        for (int i = 0; i < 4; i++) {
            blind.scan(List.of(file), many);
        }
        Files.writeString(many.get(123), "two");

        Set<Path> told = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            told.addAll(blind.scan(List.of(file), many));
        }
        assertThat(told).containsExactly(many.get(123));
    }

    @Test
    void a_file_that_never_holds_still_is_told_after_five_seconds_and_again() throws IOException {
        AtomicLong seconds = new AtomicLong();
        FileChanges watched = new FileChanges(
                path -> Optional.ofNullable(FileMark.of(path)), () -> seconds.get() * 1_000_000_000, 10);
        watched.scan(List.of(file));
        watched.scan(List.of(file));

        List<Long> told = new ArrayList<>();
        for (long second = 1; second <= 10; second++) {
            seconds.set(second);
            touch(second);
            if (!watched.scan(List.of(file)).isEmpty()) {
                told.add(second);
                assertThat(watched.undisturbed(List.of(file), () -> touch(seconds.get() + 100)))
                        .as("it is read as it is")
                        .isTrue();
            }
        }
        // Noticed in the first second, so that none waits longer than five.
        assertThat(told).containsExactly(5L, 9L);
    }

    @Test
    void a_reading_that_is_disturbed_again_and_again_counts_after_five_seconds() throws IOException {
        AtomicLong seconds = new AtomicLong();
        FileChanges watched = new FileChanges(
                path -> Optional.ofNullable(FileMark.of(path)), () -> seconds.get() * 1_000_000_000, 10);

        List<Boolean> taken = new ArrayList<>();
        for (long second = 0; second <= 5; second++) {
            seconds.set(second);
            taken.add(watched.undisturbed(List.of(file), () -> touch(seconds.get() + 100)));
        }
        assertThat(taken).containsExactly(false, false, false, false, true, false);
    }

    private void touch(long second) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

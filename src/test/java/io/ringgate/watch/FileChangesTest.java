package io.ringgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        assertThat(changes.look(List.of(file))).isEmpty();
        assertThat(changes.look(List.of(file))).isEmpty();
    }

    @Test
    void a_change_is_told_once_it_holds_still_and_only_once() throws IOException {
        changes.look(List.of(file));
        Files.writeString(file, "longer");

        assertThat(changes.look(List.of(file))).isEmpty();
        assertThat(changes.look(List.of(file))).containsExactly(file);
        assertThat(changes.look(List.of(file))).isEmpty();
    }

    @Test
    void a_file_that_is_still_being_written_is_not_told() throws IOException {
        changes.look(List.of(file));
        Files.writeString(file, "longer");
        changes.look(List.of(file));
        Files.writeString(file, "longer still");

        assertThat(changes.look(List.of(file))).isEmpty();
        assertThat(changes.look(List.of(file))).containsExactly(file);
    }

    @Test
    void a_file_renamed_into_place_with_the_same_size_and_time_is_told() throws IOException {
        changes.look(List.of(file));
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        changes.look(List.of(file));

        assertThat(changes.look(List.of(file))).containsExactly(file);
    }

    @Test
    void a_config_map_whose_symlink_is_swapped_is_told() throws IOException {
        version("v1", "one");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
        Path seen = Files.createSymbolicLink(folder.resolve("seen.yaml"), Path.of("..data", "edges.yaml"));
        changes.look(List.of(seen));
        version("v2", "two");
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("v2"));
        Files.move(
                folder.resolve("..data_tmp"),
                folder.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        changes.look(List.of(seen));

        assertThat(changes.look(List.of(seen))).containsExactly(seen);
    }

    private void version(String name, String text) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("edges.yaml"), text);
    }

    @Test
    void a_file_that_vanishes_is_told_and_so_is_its_return() throws IOException {
        changes.look(List.of(file));
        Files.delete(file);
        changes.look(List.of(file));
        assertThat(changes.look(List.of(file))).containsExactly(file);

        Files.writeString(file, "one");
        changes.look(List.of(file));
        assertThat(changes.look(List.of(file))).containsExactly(file);
    }

    @Test
    void a_file_that_was_left_out_for_a_while_begins_anew() throws IOException {
        changes.look(List.of(file));
        changes.look(List.of());
        Files.writeString(file, "longer");

        assertThat(changes.look(List.of(file))).isEmpty();
        assertThat(changes.look(List.of(file))).isEmpty();
    }

    @Test
    void of_many_some_are_looked_at_each_time_and_all_when_another_changes() throws IOException {
        List<Path> looked = new ArrayList<>();
        FileChanges few = new FileChanges(
                path -> {
                    looked.add(path);
                    return Optional.ofNullable(FileMark.of(path));
                },
                2);
        List<Path> many = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            many.add(Files.writeString(folder.resolve("tenant-" + i), "one"));
        }
        few.look(List.of(file), many);
        few.look(List.of(file), many);
        looked.clear();
        Files.writeString(many.get(3), "longer");

        Set<Path> told = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            told.addAll(few.look(List.of(file), many));
        }
        assertThat(looked).containsAll(many).hasSizeBetween(3 + 6, 3 + 8);
        told.addAll(few.look(List.of(file), many));
        assertThat(told).containsExactly(many.get(3));

        looked.clear();
        Files.writeString(file, "longer");
        few.look(List.of(file), many);
        assertThat(looked).hasSize(7);
    }

    @Test
    void reading_is_undisturbed_only_while_nobody_writes() {
        assertThat(changes.undisturbed(List.of(file), () -> {})).isTrue();
        assertThat(changes.undisturbed(List.of(file), () -> write(file, "half")))
                .isFalse();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

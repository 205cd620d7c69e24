package io.ringgate.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that is wrong with a configuration, collected so that the operator sees it at once. Belongs to the one
 * thread that loads.
 */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    public void error(SourcePosition position, String message) {
        add(new Problem(Severity.ERROR, position, message));
    }

    public void warning(SourcePosition position, String message) {
        add(new Problem(Severity.WARNING, position, message));
    }

    /** Of the file as a whole. */
    public void error(Path file, String message) {
        error(SourcePosition.ofFile(file), message);
    }

    /** Of the file as a whole. */
    public void warning(Path file, String message) {
        warning(SourcePosition.ofFile(file), message);
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    /** In reading order: file by file as they were first named, then by line. */
    public List<Problem> list() {
        Map<String, List<Problem>> files = new LinkedHashMap<>();
        found.forEach(p -> files.computeIfAbsent(p.position().file(), _ -> new ArrayList<>())
                .add(p));
        return files.values().stream()
                .flatMap(ofFile -> ofFile.stream()
                        .sorted(Comparator.comparingInt(p -> p.position().line())))
                .toList();
    }

    public boolean hasErrors() {
        return errors() > 0;
    }

    public long errors() {
        return count(Severity.ERROR);
    }

    public long warnings() {
        return count(Severity.WARNING);
    }

    private long count(Severity severity) {
        return found.stream().filter(p -> p.severity() == severity).count();
    }

    /** One problem a line, without a line end after the last. */
    @Override
    public String toString() {
        return list().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}

package io.ringgate.config;

import java.nio.file.Path;

/**
 * Where a value stands in the files of the operator.
 *
 * @param file as the operator named it
 * @param line counted from 1; 0 means the file as a whole
 * @param path the keys that lead to the value, for example {@code edges[2].labels.region}; empty at the top
 */
public record SourcePosition(String file, int line, String path) {

    public static SourcePosition ofFile(String file) {
        return new SourcePosition(file, 0, "");
    }

    public static SourcePosition ofFile(Path file) {
        return ofFile(file.toString());
    }

    /** The same place one key deeper. */
    public SourcePosition key(String key) {
        return new SourcePosition(file, line, path.isEmpty() ? key : path + "." + key);
    }

    /** The same place at an item of a list. */
    public SourcePosition item(int index) {
        return new SourcePosition(file, line, path + "[" + index + "]");
    }

    public SourcePosition atLine(int newLine) {
        return new SourcePosition(file, newLine, path);
    }

    /** {@code file:line} as compilers print it, so that an editor can jump there. */
    public String fileAndLine() {
        return line == 0 ? file : file + ":" + line;
    }
}

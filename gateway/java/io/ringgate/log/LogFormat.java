package io.ringgate.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a line of the log looks like. */
public enum LogFormat {
    TEXT,
    JSON;

    /** The whole line with its line feed. */
    String line(LogEvent event) {
        return switch (this) {
            case TEXT -> TextLine.of(event);
            case JSON -> JsonLine.of(event);
        };
    }

    /** The format of that name in upper or lower case. */
    public static Optional<LogFormat> parse(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

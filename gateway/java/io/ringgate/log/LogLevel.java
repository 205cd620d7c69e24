package io.ringgate.log;

import ch.qos.logback.classic.Level;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The least severe events that are logged: of our own packages, and of libraries, which log less. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    Level ours() {
        return switch (this) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }

    Level libraries() {
        return switch (this) {
            case DEBUG -> Level.INFO;
            case INFO, WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }

    /** The level of that name in upper or lower case. */
    public static Optional<LogLevel> parse(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** As in the configuration and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

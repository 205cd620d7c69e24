package io.ringgate.config.yaml;

/** A value that its reader cannot take. The message goes on after the value: "is not a port, write ...". */
final class InvalidValue extends Exception {

    InvalidValue(String message) {
        super(message, null, false, false);
    }

    /** What goes on after the value. */
    String reason() {
        return String.valueOf(getMessage());
    }
}

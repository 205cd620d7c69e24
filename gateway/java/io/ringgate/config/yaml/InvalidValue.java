package io.ringgate.config.yaml;

/** A value that its reader refuses. The message continues after the value: "is not a port, write ...". */
final class InvalidValue extends Exception {

    InvalidValue(String message) {
        super(message, null, false, false);
    }

    /** The message after the value. */
    String reason() {
        return String.valueOf(getMessage());
    }
}

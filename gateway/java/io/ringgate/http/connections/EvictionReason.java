package io.ringgate.http.connections;

/** Why an open connection is closed to make room for others. */
public enum EvictionReason {
    MAX("max", "there are connections.max connections, and this was the oldest on which nobody has authenticated"),
    MAX_PER_SOURCE(
            "max_per_source",
            "its source has connections.max_per_source unauthenticated connections, and this was the oldest"),
    MEMORY("memory", "unfinished TLS records and request heads take too much memory, and it held most");

    private final String label;
    private final String words;

    EvictionReason(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** The value of the {@code reason} label. */
    String label() {
        return label;
    }

    /** One clause for the log. */
    String words() {
        return words;
    }
}

package io.ringgate.edge;

/** What happens to a label that the sender has set and that is stamped with another value. */
public enum OnConflict {
    /** Ours is stamped; the sender's is renamed to {@code exported_} and its name, as Prometheus does when it scrapes. */
    RENAME("rename"),
    /** Ours is stamped, the sender's is dropped. */
    OVERWRITE("overwrite"),
    /** The sender's stays. */
    KEEP("keep"),
    /** The series is refused, the rest of the write is sent. */
    REJECT("reject");

    private final String word;

    OnConflict(String word) {
        this.word = word;
    }

    /** How an operator writes it. */
    public String word() {
        return word;
    }
}

package io.ringgate.edge;

/** What happens to a label that the sender has set and that we stamp too, with another value. */
public enum OnConflict {
    /** Ours is stamped, the sender's goes on as {@code exported_} and its name, as Prometheus does when it scrapes. */
    RENAME("rename"),
    /** Ours wins, the sender's is lost. */
    OVERWRITE("overwrite"),
    /** The sender's stays. */
    KEEP("keep"),
    /** The series is refused, the rest of the write goes on. */
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

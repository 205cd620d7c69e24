package io.ringgate.edge;

/** What happens to a label that the sender has set and that we stamp too, with another value. */
public enum OnConflict {
    /** Ours wins. */
    OVERWRITE,
    /** The sender's stays. */
    KEEP,
    /** The series is refused, the rest of the write goes on. */
    REJECT
}

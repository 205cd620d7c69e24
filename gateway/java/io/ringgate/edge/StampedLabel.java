package io.ringgate.edge;

/** One label that every series of an edge carries when it leaves us. The value is never empty. */
public record StampedLabel(LabelName name, String value, OnConflict onConflict) {

    public StampedLabel {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a stamped label has a value: an empty one means no label");
        }
    }
}

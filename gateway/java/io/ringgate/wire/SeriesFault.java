package io.ringgate.wire;

/** Why one series of a write is refused while the others go on. */
public enum SeriesFault {
    NO_LABELS("no_labels"),
    TOO_MANY_LABELS("too_many_labels"),
    EMPTY_NAME("empty_label_name"),
    BAD_NAME("bad_label_name"),
    DUPLICATE_NAME("duplicate_label_name"),
    NOT_UTF8("not_utf8"),
    CONFLICT("label_conflict"),
    NAMES_TAKEN("exported_names_taken"),
    NAME_TOO_LONG("label_name_too_long"),
    VALUE_TOO_LONG("label_value_too_long"),
    EMPTY_EXEMPLAR("empty_exemplar"),
    TOO_MANY_EXEMPLARS("too_many_exemplars"),
    TOO_MANY_BUCKETS("too_many_buckets"),
    TOO_MANY_SPANS("too_many_spans"),
    TOO_OLD("sample_too_old"),
    TOO_NEW("sample_in_future");

    private final String label;

    SeriesFault(String label) {
        this.label = label;
    }

    /** The value of the {@code fault} label in metrics. */
    public String label() {
        return label;
    }
}

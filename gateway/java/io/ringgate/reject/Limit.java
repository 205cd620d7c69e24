package io.ringgate.reject;

/** Everything that a policy file can limit, under the name that operators write, senders read and metrics carry. */
public enum Limit {
    REQUESTS_PER_SECOND("requests_per_second", Scale.RATE),
    SAMPLES_PER_SECOND("samples_per_second", Scale.RATE),
    /** Packed. */
    BYTES_PER_SECOND("bytes_per_second", Scale.RATE),

    MAX_CONCURRENT_WRITES("max_concurrent_writes", Scale.COUNT),
    MAX_CONNECTIONS("max_connections", Scale.COUNT),

    MAX_PACKED("max_body.packed", Scale.BYTES),
    MAX_UNPACKED("max_body.unpacked", Scale.BYTES),
    MAX_SERIES_PER_WRITE("max_series_per_write", Scale.COUNT),
    /** Samples and native histograms. */
    MAX_SAMPLES_PER_WRITE("max_samples_per_write", Scale.COUNT),
    /** Samples without native histograms: what Thanos's limits file means. */
    SAMPLES_LIMIT("samples_limit", Scale.COUNT),
    MAX_EXEMPLARS_PER_WRITE("max_exemplars_per_write", Scale.COUNT),
    MAX_METADATA_PER_WRITE("max_metadata_per_write", Scale.COUNT),
    /** What a receiver holds of a write once it has decoded it, estimated. */
    MAX_DECODED("max_decoded", Scale.BYTES),

    MAX_LABELS_PER_SERIES("max_labels_per_series", Scale.COUNT),
    MAX_LABEL_NAME_LENGTH("max_label_name_length", Scale.BYTES),
    MAX_LABEL_VALUE_LENGTH("max_label_value_length", Scale.BYTES),
    MAX_EXEMPLARS_PER_SERIES("max_exemplars_per_series", Scale.COUNT),
    MAX_HISTOGRAM_BUCKETS("max_histogram_buckets", Scale.COUNT),
    MAX_HISTOGRAM_SPANS("max_histogram_spans", Scale.COUNT),
    MAX_SAMPLE_AGE("max_sample_age", Scale.MILLIS),
    MAX_SAMPLE_FUTURE("max_sample_future", Scale.MILLIS);

    /** What a limit's number counts. */
    public enum Scale {
        /** So many a second, and a burst beside it. */
        RATE,
        COUNT,
        BYTES,
        MILLIS
    }

    private final String key;
    private final Scale scale;

    Limit(String key, Scale scale) {
        this.key = key;
        this.scale = scale;
    }

    /** The key in a policy file, and the value of the {@code limit} label in metrics. */
    public String key() {
        return key;
    }

    public Scale scale() {
        return scale;
    }
}

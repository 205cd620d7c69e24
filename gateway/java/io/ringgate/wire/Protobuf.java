package io.ringgate.wire;

/** The one-byte tags of remote write 1.0 that the walk looks for: field number and wire type. */
final class Protobuf {

    /** In a write request. */
    static final int SERIES = (1 << 3) | FieldReader.LEN;

    /** In a write request. */
    static final int METADATA = (3 << 3) | FieldReader.LEN;

    /** In a series, and in an exemplar. */
    static final int LABEL = (1 << 3) | FieldReader.LEN;

    /** In a series. */
    static final int SAMPLE = (2 << 3) | FieldReader.LEN;

    /** The number of a series' last known field. */
    static final int LAST_OF_SERIES = 4;

    /** In a label. */
    static final int NAME = (1 << 3) | FieldReader.LEN;

    /** In a label. */
    static final int VALUE = (2 << 3) | FieldReader.LEN;

    /** In a sample. */
    static final int SAMPLE_VALUE = (1 << 3) | FieldReader.I64;

    /** In a sample. */
    static final int TIMESTAMP = (2 << 3) | FieldReader.VARINT;

    private Protobuf() {}
}

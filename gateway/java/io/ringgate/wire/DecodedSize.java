package io.ringgate.wire;

/**
 * What a receiver holds of a message once it has decoded it, estimated by the types that its protobuf compiler generated:
 * gogo/protobuf for Thanos v0.37.2 and v0.42.4, on 64-bit Go, the larger of the two. The texts of labels stay in the
 * unpacked message there and cost nothing more; those of metadata are copied.
 */
public final class DecodedSize {

    /** Of one struct, in bytes. */
    public static final int SERIES = 96;

    public static final int LABEL = 32;
    public static final int SAMPLE = 16;
    public static final int EXEMPLAR = 40;
    public static final int HISTOGRAM = 240;
    public static final int SPAN = 8;
    public static final int METADATA = 56;

    /** A bucket's value or bound; and the count of a histogram, which lies in a struct of its own. */
    public static final int NUMBER = 8;

    /** Decoders append, and a slice that is full takes up to twice its length. */
    public static final int GROWTH = 2;

    private DecodedSize() {}

    /**
     * The whole.
     *
     * @param labels of all series, stamped ones included
     * @param deeper the structs of all else with what is in them
     */
    static long of(long series, long labels, long samples, long deeper) {
        return GROWTH * (series * SERIES + labels * LABEL + samples * SAMPLE + deeper);
    }
}

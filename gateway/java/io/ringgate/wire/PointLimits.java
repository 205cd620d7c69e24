package io.ringgate.wire;

/**
 * How much a series may carry beside its labels and samples.
 *
 * @param exemplars of the series
 * @param buckets of each of its native histograms: the values of all buckets, and their own bounds, each by itself
 * @param spans of each of its native histograms, positive and negative ones together
 */
public record PointLimits(int exemplars, int buckets, int spans) {

    public static final PointLimits NONE = new PointLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
}

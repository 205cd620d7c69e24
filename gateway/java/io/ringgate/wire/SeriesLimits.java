package io.ringgate.wire;

/**
 * The limits of each series of a write, applied to what the sender sent: before labels are stamped, and without labels
 * that have no value. Also the limit on the number of series.
 *
 * @param maxLabels the most labels
 * @param maxNameLength of a label, in bytes
 * @param maxValueLength of a label, in bytes
 * @param oldestMillis no sample or native histogram may be older, in Unix milliseconds
 * @param newestMillis nor newer
 * @param observe series beyond the limits above, or beyond {@code points}, are counted and sent on
 * @param enforcedPoints no series beyond these is sent on, also where the others are observed
 * @param points as {@code enforcedPoints} or tighter; tighter only where they are observed
 * @param maxSeries of one write; one with more is refused whole
 */
public record SeriesLimits(
        int maxLabels,
        int maxNameLength,
        int maxValueLength,
        long oldestMillis,
        long newestMillis,
        boolean observe,
        PointLimits enforcedPoints,
        PointLimits points,
        int maxSeries) {

    public static final SeriesLimits NONE = new SeriesLimits(
            Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, false);

    /** Of any number of series. */
    public SeriesLimits(
            int maxLabels,
            int maxNameLength,
            int maxValueLength,
            long oldestMillis,
            long newestMillis,
            boolean observe,
            PointLimits enforcedPoints,
            PointLimits points) {
        this(
                maxLabels,
                maxNameLength,
                maxValueLength,
                oldestMillis,
                newestMillis,
                observe,
                enforcedPoints,
                points,
                Integer.MAX_VALUE);
    }

    /** Limits of labels and times alone. */
    public SeriesLimits(
            int maxLabels,
            int maxNameLength,
            int maxValueLength,
            long oldestMillis,
            long newestMillis,
            boolean observe) {
        this(
                maxLabels,
                maxNameLength,
                maxValueLength,
                oldestMillis,
                newestMillis,
                observe,
                PointLimits.NONE,
                PointLimits.NONE);
    }

    /** The same with these times, in Unix milliseconds. */
    public SeriesLimits between(long oldest, long newest) {
        return new SeriesLimits(
                maxLabels, maxNameLength, maxValueLength, oldest, newest, observe, enforcedPoints, points, maxSeries);
    }

    /** True when times are limited. */
    boolean timed() {
        return oldestMillis > Long.MIN_VALUE || newestMillis < Long.MAX_VALUE;
    }
}

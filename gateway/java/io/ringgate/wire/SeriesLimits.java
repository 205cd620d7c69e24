package io.ringgate.wire;

/**
 * What each series of a write is held to, as its sender sent it: before stamps, and without labels that have no value.
 *
 * @param maxLabels the most labels
 * @param maxNameLength of a label, in bytes
 * @param maxValueLength of a label, in bytes
 * @param oldestMillis no sample or native histogram may be older, in Unix milliseconds
 * @param newestMillis nor newer
 * @param observe series beyond these limits are counted and sent on
 */
public record SeriesLimits(
        int maxLabels, int maxNameLength, int maxValueLength, long oldestMillis, long newestMillis, boolean observe) {

    public static final SeriesLimits NONE = new SeriesLimits(
            Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, false);

    /** True when times are limited. */
    boolean timed() {
        return oldestMillis > Long.MIN_VALUE || newestMillis < Long.MAX_VALUE;
    }
}

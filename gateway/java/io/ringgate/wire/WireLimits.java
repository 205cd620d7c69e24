package io.ringgate.wire;

/**
 * What the codec holds a message to.
 *
 * @param maxUnpacked the largest declared uncompressed size, in bytes
 * @param names which label names pass
 */
public record WireLimits(int maxUnpacked, Names names) {

    /** Which label names a sender may use. */
    public enum Names {
        /** Any valid UTF-8, as Prometheus 3 and OpenTelemetry send. */
        UTF8,
        /** Letters, digits and underscore only, as remote write 1.0 was first written down. */
        LEGACY
    }
}

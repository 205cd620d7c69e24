package io.ringgate.config;

/** Who places the series of a write on the ring. */
public enum ReceiverMode {
    /** One receiver gets the whole write and replicates it. */
    FORWARD
}

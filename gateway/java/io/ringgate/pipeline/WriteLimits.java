package io.ringgate.pipeline;

import java.time.Duration;

/**
 * The sizes and times that every write is held to.
 *
 * @param maxPacked the largest body, in bytes
 * @param maxUnpacked the largest message in it, in bytes
 * @param deadline from the first header byte to the answer
 * @param dropOnReceiverLimit whether a receiver's 429 reaches the sender as 429, which drops the batch, or as 503
 */
public record WriteLimits(long maxPacked, int maxUnpacked, Duration deadline, boolean dropOnReceiverLimit) {}

package io.ringgate.pipeline;

import java.time.Duration;

/**
 * The limits of every write, whoever sends it.
 *
 * @param deadline from the first header byte to the answer
 * @param admissionWait how long a write waits for memory and a place among the writes under way
 * @param dropOnReceiverLimit whether a receiver's 429 reaches the sender as 429, which drops the batch, or as 503
 */
public record WriteLimits(Duration deadline, Duration admissionWait, boolean dropOnReceiverLimit) {}

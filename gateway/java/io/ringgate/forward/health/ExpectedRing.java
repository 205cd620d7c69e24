package io.ringgate.forward.health;

import io.ringgate.hashring.FileHash;

/**
 * What the gateway's configuration says of the ring that receivers replicate by.
 *
 * @param replicationFactor how often each of them is said to store a write
 * @param file which hashring file is active here
 */
public record ExpectedRing(int replicationFactor, FileHash file) {}

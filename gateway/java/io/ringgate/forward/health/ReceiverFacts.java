package io.ringgate.forward.health;

import org.jspecify.annotations.Nullable;

/**
 * What a receiver's metrics page says of how it is set up.
 *
 * @param replicationFactor how often it stores a write that it gets; 0 where the page is none of a receiver
 * @param ringHash of the hashring file it reads; null for one that reads none
 * @param version which Thanos it is, empty when it does not say
 */
public record ReceiverFacts(int replicationFactor, @Nullable Double ringHash, String version) {

    static final ReceiverFacts NONE = new ReceiverFacts(0, null, "");

    boolean isReceiver() {
        return replicationFactor > 0;
    }
}

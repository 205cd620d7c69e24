package io.ringgate.http;

import java.util.random.RandomGenerator;

/** Names for requests, ours alone: a random part per event loop and start, and a count. Not a secret, but never the client's. */
final class RequestIds {

    private final String prefix;
    private long count;

    RequestIds(RandomGenerator random) {
        this.prefix = Long.toString(random.nextLong(1L << 40, 1L << 41), 36) + "-";
    }

    String next() {
        return prefix + Long.toString(count++, 36);
    }
}

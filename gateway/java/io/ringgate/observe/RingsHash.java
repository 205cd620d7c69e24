package io.ringgate.observe;

import io.ringgate.config.Rings;
import io.ringgate.hashring.FileHash;
import io.ringgate.metrics.Metrics;

/**
 * The gauge of the active hashring file: the number that receivers show of theirs. Absent where there is no file.
 * Updated when rings change, by one thread at a time.
 */
public final class RingsHash {

    private final Metrics metrics;

    public RingsHash(Metrics metrics) {
        this.metrics = metrics;
    }

    public void update(Rings rings) {
        FileHash hash = rings.hash();
        if (hash == null) {
            metrics.dropGauge("ringgate_rings_hash");
        } else {
            metrics.gauge("ringgate_rings_hash", hash::value);
        }
    }
}

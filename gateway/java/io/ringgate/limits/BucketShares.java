package io.ringgate.limits;

import io.ringgate.reject.Limit;

/** One edge's shares of the buckets of a tenant, or of its own. Guarded by the lock of the tenant. */
final class BucketShares {

    private final BucketShare requests = new BucketShare();
    private final BucketShare samples = new BucketShare();
    private final BucketShare bytes = new BucketShare();

    BucketShare of(Limit rate) {
        return switch (rate) {
            case REQUESTS_PER_SECOND -> requests;
            case SAMPLES_PER_SECOND -> samples;
            case BYTES_PER_SECOND -> bytes;
            default -> throw new IllegalArgumentException(rate.key() + " is not a rate");
        };
    }
}

package io.ringgate.observe;

import io.ringgate.config.EdgeCredential;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.Identities;
import io.ringgate.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Gauges of the days that each credential with an end has left. One that is removed loses its gauge. Updated when identities
 * change, by one thread at a time.
 */
public final class CredentialExpiry {

    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final Metrics metrics;
    private final InstantSource clock;
    private volatile Map<Key, Instant> ends = Map.of();

    public CredentialExpiry(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    private record Key(String edge, String credential) {}

    /** From now on these are active. */
    public void update(Identities identities) {
        Map<Key, Instant> now = new HashMap<>();
        for (EdgeEntry entry : identities.edges()) {
            for (EdgeCredential credential : entry.credentials()) {
                if (credential.notAfter() != null) {
                    now.put(
                            new Key(
                                    entry.edge().name().value(),
                                    credential.proof().name()),
                            credential.notAfter());
                }
            }
        }
        ends.keySet().stream()
                .filter(key -> !now.containsKey(key))
                .forEach(key -> metrics.dropGauge(
                        "ringgate_credential_expiry_days", "edge", key.edge(), "credential", key.credential()));
        ends = now;
        for (Key key : now.keySet()) {
            metrics.gauge(
                    "ringgate_credential_expiry_days",
                    () -> days(key),
                    "edge",
                    key.edge(),
                    "credential",
                    key.credential());
        }
    }

    private double days(Key key) {
        Instant end = ends.get(key);
        return end == null ? Double.NaN : Duration.between(clock.instant(), end).toSeconds() / SECONDS_A_DAY;
    }
}

package io.ringgate.observe;

import io.ringgate.metrics.Metrics;
import io.ringgate.tls.ClientTrust;
import io.ringgate.tls.ServerCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of the days that each certificate in use has left, ours and those of our clients' authorities, and each list
 * of revoked ones, under its file as the configuration names it. A file that is no longer in use loses its gauge.
 * Updated when certificates change, by one thread at a time.
 */
public final class CertificateExpiry {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateExpiry.class);
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final Metrics metrics;
    private final InstantSource clock;
    private final CertificateFaults faults;
    private volatile Map<Path, Instant> expiries = Map.of();
    private volatile Map<Path, Instant> updates = Map.of();

    public CertificateExpiry(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
        this.faults = new CertificateFaults(metrics, clock);
    }

    /** Warns again of those that clients refuse, once a day. To be called more often than that. */
    public void warnOfFaults() {
        faults.warn();
    }

    /** From now on these are in use. */
    public void update(Collection<ServerCertificate> certificates, Collection<ClientTrust> clientTrusts) {
        faults.update(certificates);
        Map<Path, Instant> ends = new HashMap<>();
        for (ServerCertificate certificate : certificates) {
            put(ends, certificate.files().certFile(), certificate.expiry());
        }
        Map<Path, Instant> nextLists = new HashMap<>();
        for (ClientTrust trust : clientTrusts) {
            put(ends, trust.files().caFile(), trust.expiry());
            Path crlFile = trust.files().crlFile();
            Instant nextUpdate = trust.nextUpdate();
            if (crlFile != null && nextUpdate != null) {
                put(nextLists, crlFile, nextUpdate);
                warnOfOld(crlFile, nextUpdate);
            }
        }
        drop("ringgate_certificate_expiry_days", expiries, ends);
        drop("ringgate_crl_next_update_days", updates, nextLists);
        expiries = ends;
        updates = nextLists;
        for (Path file : ends.keySet()) {
            metrics.gauge("ringgate_certificate_expiry_days", () -> days(expiries.get(file)), "file", file.toString());
        }
        for (Path file : nextLists.keySet()) {
            metrics.gauge("ringgate_crl_next_update_days", () -> days(updates.get(file)), "file", file.toString());
        }
    }

    /** Once for each list. */
    private void warnOfOld(Path crlFile, Instant nextUpdate) {
        if (nextUpdate.isBefore(clock.instant()) && !nextUpdate.equals(updates.get(crlFile))) {
            LOG.atWarn()
                    .addKeyValue("file", crlFile)
                    .addKeyValue("reason", "next update was due " + nextUpdate)
                    .log("revocation list is out of date, later revocations are unknown");
        }
    }

    private static void put(Map<Path, Instant> among, Path file, Instant end) {
        among.merge(file, end, (one, other) -> one.isBefore(other) ? one : other);
    }

    private void drop(String metric, Map<Path, Instant> before, Map<Path, Instant> now) {
        before.keySet().stream()
                .filter(file -> !now.containsKey(file))
                .forEach(file -> metrics.dropGauge(metric, "file", file.toString()));
    }

    private double days(@Nullable Instant end) {
        return end == null ? Double.NaN : Duration.between(clock.instant(), end).toSeconds() / SECONDS_A_DAY;
    }
}

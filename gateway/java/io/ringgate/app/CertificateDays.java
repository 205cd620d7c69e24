package io.ringgate.app;

import io.ringgate.config.CertificateFiles;
import io.ringgate.metrics.Metrics;
import io.ringgate.tls.ServerCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows how many days each certificate in use has left, under its file as the configuration names it. A file that is in
 * use no more leaves the page. Shown anew when certificates change, by one thread at a time.
 */
final class CertificateDays {

    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final Metrics metrics;
    private final InstantSource clock;
    private volatile Map<Path, Instant> expiries = Map.of();

    CertificateDays(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** From now on these are in use. */
    void show(Map<CertificateFiles, ServerCertificate> certificates) {
        Map<Path, Instant> now = new HashMap<>();
        certificates.forEach((files, certificate) ->
                now.merge(files.certFile(), certificate.expiry(), (one, other) -> one.isBefore(other) ? one : other));
        expiries.keySet().stream()
                .filter(file -> !now.containsKey(file))
                .forEach(file -> metrics.dropGauge("ringgate_certificate_expiry_days", "file", file.toString()));
        expiries = now;
        for (Path file : now.keySet()) {
            metrics.gauge("ringgate_certificate_expiry_days", () -> days(file), "file", file.toString());
        }
    }

    private double days(Path file) {
        Instant expiry = expiries.get(file);
        return expiry == null
                ? Double.NaN
                : Duration.between(clock.instant(), expiry).toSeconds() / SECONDS_A_DAY;
    }
}

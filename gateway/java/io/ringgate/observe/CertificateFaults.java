package io.ringgate.observe;

import io.ringgate.metrics.Metrics;
import io.ringgate.tls.ServerCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates of ours that are in use although clients refuse them: a metric by file, and a warning for each at the
 * start, when it begins, and once a day. Any thread.
 */
final class CertificateFaults {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateFaults.class);
    private static final Duration AGAIN = Duration.ofDays(1);
    private static final String METRIC = "ringgate_certificate_refused";

    private final Metrics metrics;
    private final InstantSource clock;
    private final Map<String, Instant> told = new HashMap<>();
    private volatile Map<Path, ServerCertificate> inUse = Map.of();

    CertificateFaults(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** From now on these are in use. */
    synchronized void update(Collection<ServerCertificate> certificates) {
        Map<Path, ServerCertificate> next = new HashMap<>();
        certificates.forEach(certificate -> next.put(certificate.files().certFile(), certificate));
        inUse.keySet().stream()
                .filter(file -> !next.containsKey(file))
                .forEach(file -> metrics.dropGauge(METRIC, "file", file.toString()));
        inUse = next;
        next.keySet().forEach(file -> metrics.gauge(METRIC, () -> isRefused(file), "file", file.toString()));
        warn();
    }

    private double isRefused(Path file) {
        ServerCertificate certificate = inUse.get(file);
        return certificate == null || certificate.faults(clock.instant()).isEmpty() ? 0 : 1;
    }

    /** Those that were not reported within a day. To be called more often than that. */
    synchronized void warn() {
        Instant now = clock.instant();
        Set<String> current = new HashSet<>();
        inUse.forEach((file, certificate) -> {
            for (String fault : certificate.faults(now)) {
                String sentence = file + " " + fault;
                current.add(sentence);
                Instant last = told.get(sentence);
                if (last == null || Duration.between(last, now).compareTo(AGAIN) >= 0) {
                    told.put(sentence, now);
                    LOG.atWarn()
                            .addKeyValue("file", file)
                            .addKeyValue("reason", fault)
                            .log("certificate is refused by clients");
                }
            }
        });
        told.keySet().retainAll(current);
    }
}

package io.ringgate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ringgate.config.CertificateFiles;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.TestCertificates;
import io.ringgate.tls.ServerCertificate;
import io.ringgate.tls.TlsProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Certificates of a test live for two days. */
class CertificateFaultsTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(CertificateFaults.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final PrometheusMetrics metrics = new PrometheusMetrics(() -> 0);
    private Instant now = Instant.now();
    private final CertificateFaults faults = new CertificateFaults(metrics, () -> now);

    @TempDir
    Path folder;

    private TestCertificates files;

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
        files = new TestCertificates(folder).issue("good", "DNS:good.example").issueWithoutNames("bare");
    }

    @AfterEach
    void stop() {
        LOGGER.detachAppender(log);
        metrics.close();
    }

    private ServerCertificate load(String name) throws TlsProblem {
        return ServerCertificate.load(new CertificateFiles(files.certificate(name), files.key(name)));
    }

    private static String value(ILoggingEvent event, String key) {
        return event.getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals(key))
                .map(pair -> String.valueOf(pair.value))
                .collect(Collectors.joining());
    }

    private double refused() {
        return new ScrapedPage(metrics.page()).sum("ringgate_certificate_refused");
    }

    private void after(Duration time) {
        now = now.plus(time);
        faults.warn();
    }

    @Test
    void one_that_clients_refuse_is_warned_of_at_the_start_and_once_a_day() throws TlsProblem {
        faults.update(List.of(load("good"), load("bare")));

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getMessage()).isEqualTo("certificate is refused by clients");
            assertThat(value(event, "file")).isEqualTo(files.certificate("bare").toString());
            assertThat(value(event, "reason")).startsWith("has no subject alternative name");
        });
        assertThat(refused()).isEqualTo(1);

        after(Duration.ofHours(23));
        assertThat(log.list).hasSize(1);
        after(Duration.ofHours(1));
        assertThat(log.list).hasSize(2);
    }

    @Test
    void one_that_expires_in_use_is_warned_of_when_it_does() throws TlsProblem {
        faults.update(List.of(load("good")));
        assertThat(log.list).isEmpty();
        assertThat(refused()).isZero();

        after(Duration.ofDays(3));

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(value(event, "file")).endsWith("good.pem");
            assertThat(value(event, "reason")).startsWith("has expired on ");
        });
        assertThat(refused()).isEqualTo(1);
    }

    @Test
    void one_that_was_replaced_is_told_of_no_more() throws TlsProblem {
        faults.update(List.of(load("bare")));
        faults.update(List.of(load("good")));
        after(Duration.ofHours(25));

        assertThat(log.list).hasSize(1);
        assertThat(metrics.page()).doesNotContain("bare.pem");
        assertThat(refused()).isZero();
    }
}

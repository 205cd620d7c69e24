package io.ringgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.ringgate.config.ConnectionLimits;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.testing.MetricsPage;
import io.ringgate.tls.HandshakeFault;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpeningTest {

    private final SSLException alert = new SSLException("Received fatal alert: certificate_unknown");

    private final PrometheusMetrics metrics = new PrometheusMetrics(() -> 0);
    private final Visit visit = Objects.requireNonNull(new Connections(
                    metrics,
                    () -> new ConnectionLimits(OptionalInt.of(1), 1, 1, Duration.ZERO),
                    new Connections.Capacity(1, 1 << 20, 1),
                    () -> 0)
            .enter(null, TrustedProxies.NONE, 0));
    private final Opening opening = new Opening(visit, () -> 0, true, null);

    @AfterEach
    void close() {
        metrics.close();
    }

    private double counted(HandshakeFault fault) {
        return new MetricsPage(metrics.page())
                .sum("ringgate_tls_handshake_failures_total", "reason=\"" + fault.label() + "\"");
    }

    private double counted() {
        return new MetricsPage(metrics.page()).sum("ringgate_tls_handshake_failures_total");
    }

    @Test
    void a_failure_is_counted_once_however_often_it_is_told() {
        opening.event(PlainOrTls.Seen.TLS);
        opening.event(new SslHandshakeCompletionEvent(alert));
        opening.failed(new DecoderException(alert));
        opening.late();
        opening.gone();

        assertThat(counted(HandshakeFault.CLIENT_REFUSED_CERTIFICATE)).isEqualTo(1);
        assertThat(counted()).isEqualTo(1);
        assertThat(opening.shaken()).isFalse();
    }

    @Test
    void a_certificate_that_is_refused_after_the_handshake_counts_until_something_is_asked() {
        opening.event(PlainOrTls.Seen.TLS);
        assertThat(opening.event(SslHandshakeCompletionEvent.SUCCESS)).isTrue();
        opening.failed(new DecoderException(alert));
        assertThat(counted(HandshakeFault.CLIENT_REFUSED_CERTIFICATE)).isEqualTo(1);

        Opening other = new Opening(visit, () -> 0, true, null);
        other.event(PlainOrTls.Seen.TLS);
        other.event(SslHandshakeCompletionEvent.SUCCESS);
        other.asked();
        other.failed(new DecoderException(alert));
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void who_goes_after_the_handshake_has_not_failed_it() {
        opening.event(PlainOrTls.Seen.TLS);
        opening.event(SslHandshakeCompletionEvent.SUCCESS);
        opening.failed(new ClosedChannelException());
        opening.gone();

        assertThat(counted()).isZero();
    }

    @Test
    void who_goes_without_a_byte_was_a_probe() {
        opening.gone();

        assertThat(counted()).isZero();
    }

    @Test
    void who_goes_in_the_middle_is_counted() {
        opening.event(PlainOrTls.Seen.TLS);
        opening.gone();

        assertThat(counted(HandshakeFault.CLOSED)).isEqualTo(1);
    }

    @Test
    void a_server_name_that_does_not_come_is_a_timeout() {
        opening.event(PlainOrTls.Seen.TLS);
        opening.event(new SniCompletionEvent(new SslHandshakeTimeoutException("late")));

        assertThat(counted(HandshakeFault.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void a_server_name_alone_is_no_handshake() {
        opening.event(PlainOrTls.Seen.TLS);
        assertThat(opening.event(new SniCompletionEvent("receive.example"))).isFalse();

        assertThat(opening.shaken()).isFalse();
        assertThat(counted()).isZero();
    }

    @Test
    void without_tls_nothing_is_a_handshake() {
        Opening plain = new Opening(visit, () -> 0, false, null);
        plain.failed(alert);
        plain.late();
        plain.gone();

        assertThat(plain.shaken()).isTrue();
        assertThat(counted()).isZero();
    }
}

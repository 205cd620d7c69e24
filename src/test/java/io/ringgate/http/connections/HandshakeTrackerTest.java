package io.ringgate.http.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.ringgate.config.ConnectionLimits;
import io.ringgate.metrics.micrometer.PrometheusMetrics;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.tls.HandshakeFault;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTrackerTest {

    private final SSLException alert = new SSLException("Received fatal alert: certificate_unknown");

    private final PrometheusMetrics metrics = new PrometheusMetrics(() -> 0);
    private final ConnectionSlot slot = Objects.requireNonNull(new Connections(
                    metrics,
                    () -> new ConnectionLimits(OptionalInt.of(1), 1, 1, Duration.ZERO),
                    new Connections.Capacity(1, 1 << 20, 1),
                    () -> 0)
            .enter(null, TrustedProxies.NONE, 0));
    private final HandshakeTracker handshake = new HandshakeTracker(slot, () -> 0, true, null);

    @AfterEach
    void close() {
        metrics.close();
    }

    private double counted(HandshakeFault fault) {
        return new ScrapedPage(metrics.page())
                .sum("ringgate_tls_handshake_failures_total", "reason=\"" + fault.label() + "\"");
    }

    private double counted() {
        return new ScrapedPage(metrics.page()).sum("ringgate_tls_handshake_failures_total");
    }

    @Test
    void a_failure_is_counted_once_however_often_it_is_told() {
        handshake.onEvent(TlsDetector.Seen.TLS);
        handshake.onEvent(new SslHandshakeCompletionEvent(alert));
        handshake.onError(new DecoderException(alert));
        handshake.onTimeout();
        handshake.onClosed();

        assertThat(counted(HandshakeFault.CLIENT_REFUSED_CERTIFICATE)).isEqualTo(1);
        assertThat(counted()).isEqualTo(1);
        assertThat(handshake.isDone()).isFalse();
    }

    @Test
    void a_certificate_that_is_refused_after_the_handshake_counts_until_something_is_asked() {
        handshake.onEvent(TlsDetector.Seen.TLS);
        assertThat(handshake.onEvent(SslHandshakeCompletionEvent.SUCCESS)).isTrue();
        handshake.onError(new DecoderException(alert));
        assertThat(counted(HandshakeFault.CLIENT_REFUSED_CERTIFICATE)).isEqualTo(1);

        HandshakeTracker other = new HandshakeTracker(slot, () -> 0, true, null);
        other.onEvent(TlsDetector.Seen.TLS);
        other.onEvent(SslHandshakeCompletionEvent.SUCCESS);
        other.onRequest();
        other.onError(new DecoderException(alert));
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void who_goes_after_the_handshake_has_not_failed_it() {
        handshake.onEvent(TlsDetector.Seen.TLS);
        handshake.onEvent(SslHandshakeCompletionEvent.SUCCESS);
        handshake.onError(new ClosedChannelException());
        handshake.onClosed();

        assertThat(counted()).isZero();
    }

    @Test
    void who_goes_without_a_byte_was_a_probe() {
        handshake.onClosed();

        assertThat(counted()).isZero();
    }

    @Test
    void who_goes_in_the_middle_is_counted() {
        handshake.onEvent(TlsDetector.Seen.TLS);
        handshake.onClosed();

        assertThat(counted(HandshakeFault.CLOSED)).isEqualTo(1);
    }

    @Test
    void a_server_name_that_does_not_come_is_a_timeout() {
        handshake.onEvent(TlsDetector.Seen.TLS);
        handshake.onEvent(new SniCompletionEvent(new SslHandshakeTimeoutException("late")));

        assertThat(counted(HandshakeFault.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void a_server_name_alone_is_no_handshake() {
        handshake.onEvent(TlsDetector.Seen.TLS);
        assertThat(handshake.onEvent(new SniCompletionEvent("receive.example"))).isFalse();

        assertThat(handshake.isDone()).isFalse();
        assertThat(counted()).isZero();
    }

    @Test
    void without_tls_nothing_is_a_handshake() {
        HandshakeTracker plain = new HandshakeTracker(slot, () -> 0, false, null);
        plain.onError(alert);
        plain.onTimeout();
        plain.onClosed();

        assertThat(plain.isDone()).isTrue();
        assertThat(counted()).isZero();
    }
}

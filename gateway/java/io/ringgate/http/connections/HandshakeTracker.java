package io.ringgate.http.connections;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.ringgate.tls.ClientCertificatePolicy;
import io.ringgate.tls.HandshakeFault;
import io.ringgate.tls.PlaintextAlertReader;
import io.ringgate.tls.PresentedCertificate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The TLS handshake of a connection up to its first request, and how it failed. A failure is counted once, whoever sees it
 * first: an engine's error comes as an event and as an exception, and a connection that we close for its slowness fails too.
 *
 * <p>A client may refuse our certificate after the handshake is over on our side, so its alert counts until it has asked
 * for something. A client that connects and closes without a byte is a probe of the port, not a handshake.
 */
public final class HandshakeTracker {

    private enum Stage {
        SILENT,
        HANDSHAKE,
        DONE,
        /** The client asked for something. */
        ASKED,
        FAILED
    }

    private final ConnectionSlot slot;
    private final LongSupplier clock;
    private final boolean tls;
    private final @Nullable ClientCertificatePolicy clients;
    private Stage stage;
    private boolean plain;
    private @Nullable PresentedCertificate shown;

    /** @param clients null where clients are not asked for certificates */
    public HandshakeTracker(
            ConnectionSlot slot, LongSupplier clock, boolean tls, @Nullable ClientCertificatePolicy clients) {
        this.slot = slot;
        this.clock = clock;
        this.tls = tls;
        this.clients = clients;
        this.stage = tls ? Stage.SILENT : Stage.DONE;
    }

    /** True when this event is the end of the handshake. */
    public boolean onEvent(Object event) {
        if (event == TlsDetector.Seen.TLS && stage == Stage.SILENT) {
            stage = Stage.HANDSHAKE;
        } else if (event instanceof HandshakeFault fault && stage == Stage.HANDSHAKE) {
            fail(fault, null);
        } else if (event == TlsDetector.Seen.PLAIN) {
            plain = true;
            fail(HandshakeFault.PLAIN_HTTP, null);
        } else if (event instanceof SslHandshakeCompletionEvent end && end.isSuccess() && stage == Stage.HANDSHAKE) {
            stage = Stage.DONE;
            return true;
        } else if (event instanceof SslHandshakeCompletionEvent || event instanceof SniCompletionEvent) {
            Throwable cause = ((SslCompletionEvent) event).cause();
            if (cause != null) {
                onError(cause);
            }
        }
        return false;
    }

    /** The handshake is over: the client's certificate is known now. */
    public void onDone(ChannelPipeline pipeline) {
        pipeline.remove(PlaintextAlertReader.class);
        if (clients != null) {
            shown = PresentedCertificate.in(
                    pipeline.get(SslHandler.class).engine().getSession(), clients);
        }
    }

    /** Null where clients are not asked for certificates. */
    public @Nullable PresentedCertificate clientCertificate() {
        return shown;
    }

    /** No request can come before. */
    public boolean isDone() {
        return !slot.isAwaitingOrigin() && (stage == Stage.DONE || stage == Stage.ASKED);
    }

    /** The client speaks plain HTTP on a TLS listener: that is the only answer it gets. */
    public boolean isPlainOnTls() {
        return plain;
    }

    /** The first byte of a request is there. */
    public void onRequest() {
        stage = Stage.ASKED;
    }

    public void onError(Throwable cause) {
        HandshakeFault fault = HandshakeFault.of(cause);
        if (stage == Stage.SILENT
                || stage == Stage.HANDSHAKE
                || (stage == Stage.DONE && tls && fault == HandshakeFault.CLIENT_REFUSED_CERTIFICATE)) {
            fail(fault, cause);
        }
    }

    /** We close the connection after a timeout. */
    public void onTimeout() {
        if (slot.isAwaitingOrigin()) {
            slot.originIsBroken(clock.getAsLong());
        } else if (stage == Stage.SILENT || stage == Stage.HANDSHAKE) {
            fail(HandshakeFault.TIMEOUT, null);
        }
    }

    /** We close the connection for another reason than its handshake. */
    public void onClosedByUs() {
        stage = Stage.FAILED;
    }

    /** The connection has ended. */
    public void onClosed() {
        if (stage == Stage.HANDSHAKE) {
            fail(HandshakeFault.CLOSED, null);
        }
    }

    private void fail(HandshakeFault fault, @Nullable Throwable cause) {
        stage = Stage.FAILED;
        slot.handshakeFailed(fault, clock.getAsLong(), cause);
    }
}

package io.ringgate.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a TLS handshake failed, for metrics and the log: a fixed set.
 *
 * <p>Each TLS engine has messages of its own. The JDK's end in the alert's name, BoringSSL's are names of error codes in capitals;
 * in lower case with underscores both contain the words searched for here. All others are {@link #OTHER}.
 */
public enum HandshakeFault {
    CLIENT_REFUSED_CERTIFICATE(
            "client_refused_certificate",
            "the client refused our certificate: it needs the right CA file, and a host name that the certificate has"),
    NO_COMMON_VERSION("no_common_version", "the client offers no TLS version or no cipher that is enabled here"),
    UNKNOWN_CLIENT_CA("unknown_client_ca", "no authority of client_ca_file has issued the client's certificate"),
    CLIENT_CERTIFICATE_EXPIRED(
            "client_certificate_expired", "the client's certificate, or one of its chain, has expired"),
    CLIENT_CERTIFICATE_REVOKED(
            "client_certificate_revoked", "crl_file revokes the client's certificate, or one of its chain"),
    PLAIN_HTTP("plain_http", "the client does not speak TLS: its URL has to begin with https"),
    TIMEOUT("timeout", "the client did not finish the handshake in time"),
    CLOSED("closed", "the client closed the connection during the handshake"),
    OTHER("other", "the handshake failed");

    private static final List<String> REFUSALS = List.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca");

    private static final List<String> NOTHING_COMMON = List.of(
            "unsupported_protocol",
            "no_shared_cipher",
            "no_shared_group",
            "wrong_curve",
            "no_common_signature_algorithms",
            "no_supported_versions",
            "alert_protocol_version",
            "alert_insufficient_security",
            "(protocol_version)",
            "(insufficient_security)",
            "no_cipher_suites_in_common",
            "no_negotiable_cipher",
            "no_appropriate_protocol",
            "are_not_accepted_by_server_preferences",
            "is_not_enabled_or_supported_in_server_context");

    private final String label;
    private final String words;

    HandshakeFault(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** The value of the {@code reason} label. */
    public String label() {
        return label;
    }

    /** One clause for the log, with what to do where that is known. */
    public String words() {
        return words;
    }

    /** By the number of the alert that the client sent; null for one that tells nothing here. */
    static @Nullable HandshakeFault ofAlert(int description) {
        return switch (description) {
            case 42, 43, 44, 45, 46, 48 -> CLIENT_REFUSED_CERTIFICATE;
            case 70, 71 -> NO_COMMON_VERSION;
            default -> null;
        };
    }

    /** What a failure of a server's handshake was, or of the first record after it. */
    public static HandshakeFault of(Throwable failure) {
        HandshakeFault found = OTHER;
        Throwable cause = failure;
        for (int depth = 0; cause != null && found == OTHER && depth < 8; depth++) {
            found = ofOne(cause);
            cause = cause.getCause();
        }
        return found;
    }

    /** What the failure itself says beyond {@link #words}, maybe in the client's words; empty where that is all. */
    public String more(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 8; depth++) {
            if (cause instanceof UntrustedClient untrusted) {
                return String.valueOf(untrusted.getMessage());
            }
            cause = cause.getCause();
        }
        return this == OTHER && failure != null ? failure.toString() : "";
    }

    private static HandshakeFault ofOne(Throwable cause) {
        if (cause instanceof UntrustedClient untrusted) {
            return untrusted.fault();
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return TIMEOUT;
        }
        if (cause instanceof ClosedChannelException) {
            return CLOSED;
        }
        if (cause instanceof NotSslRecordException) {
            return PLAIN_HTTP;
        }
        // The socket's own: a reset by the client, which is routine.
        if (cause instanceof IOException && !(cause instanceof SSLException)) {
            return CLOSED;
        }
        String words =
                String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).replace(' ', '_');
        if (REFUSALS.stream()
                .anyMatch(alert ->
                        words.contains("received_fatal_alert:_" + alert) || words.contains("alert_" + alert))) {
            return CLIENT_REFUSED_CERTIFICATE;
        }
        return NOTHING_COMMON.stream().anyMatch(words::contains) ? NO_COMMON_VERSION : OTHER;
    }
}

package io.ringgate.config;

import java.time.Duration;

/**
 * How long each step may take.
 *
 * @param tlsHandshake from the connection to the end of the handshake
 * @param authenticate from the connection to the first edge that authenticates on it; the time that our own checks take
 *     does not count
 * @param requestHeaders from the first byte of a request to the end of its headers
 * @param idle between two requests of one connection
 * @param writeDeadline from the first header byte to our answer, over body, queueing and all attempts
 * @param admissionWait how long a write waits for memory and a place, before its body; never longer than
 *     {@code writeDeadline}
 * @param attempt one attempt at one receiver; never longer than {@code writeDeadline}
 * @param connect until a receiver takes the connection, TLS included; never longer than {@code attempt}
 */
public record Timeouts(
        Duration tlsHandshake,
        Duration authenticate,
        Duration requestHeaders,
        Duration idle,
        Duration writeDeadline,
        Duration admissionWait,
        Duration attempt,
        Duration connect) {

    public static final Duration DEFAULT_TLS_HANDSHAKE = Duration.ofSeconds(10);
    public static final Duration DEFAULT_AUTHENTICATE = Duration.ofSeconds(10);
    public static final Duration DEFAULT_REQUEST_HEADERS = Duration.ofSeconds(10);
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(2);

    /** Below {@link #SENDER_GIVES_UP}, so that the sender gets an answer before its own timeout. */
    public static final Duration DEFAULT_WRITE_DEADLINE = Duration.ofSeconds(25);

    /** Senders give up later: OpenTelemetry's exporter after 5 s, Prometheus after 30 s. */
    public static final Duration DEFAULT_ADMISSION_WAIT = Duration.ofSeconds(3);

    /** Leaves room in the write deadline for a second attempt elsewhere. */
    public static final Duration DEFAULT_ATTEMPT = Duration.ofSeconds(10);

    /** One lost SYN is sent again after a second; two are a receiver to leave. */
    public static final Duration DEFAULT_CONNECT = Duration.ofSeconds(2);

    /** Prometheus's own {@code remote_timeout}, unless its operator changed it. */
    public static final Duration SENDER_GIVES_UP = Duration.ofSeconds(30);
}

package io.ringgate.reject;

/**
 * The table of refusals: for each reason its metric label, the status the sender gets, and what that makes it do.
 *
 * <p>Prometheus repeats a write after any 5xx, after 429 only when told to, and drops the batch after every other 4xx.
 * So a reason that goes away by itself is 503, and a 4xx means that the same bytes will never be accepted.
 */
public enum Reason {
    NO_CREDENTIAL("no_credential", 401),
    WRONG_CREDENTIAL("wrong_credential", 401),
    EDGE_DISABLED("edge_disabled", 403),
    WRONG_NETWORK("wrong_network", 403),
    TENANT_WITHOUT_RING("tenant_without_ring", 403),
    PROOF_UNAVAILABLE("proof_unavailable", 503),

    WRONG_PATH("wrong_path", 404),
    WRONG_METHOD("wrong_method", 405),
    WRONG_HOST("wrong_host", 421),
    WRONG_MEDIA_TYPE("wrong_media_type", 415),
    WRONG_ENCODING("wrong_encoding", 415),
    PLAIN_HTTP("plain_http", 400),
    BAD_FRAMING("bad_framing", 400),
    HEADERS_TOO_LARGE("headers_too_large", 431),

    MALFORMED("malformed", 400),
    SERIES_REFUSED("series_refused", 400),
    BODY_TOO_LARGE("body_too_large", 413),
    TOO_MANY_SERIES("too_many_series", 413),
    TOO_MANY_SAMPLES("too_many_samples", 413),
    TOO_MANY_EXEMPLARS("too_many_exemplars", 413),
    TOO_MANY_METADATA("too_many_metadata", 413),
    OVER_BURST("over_burst", 413),

    REQUEST_RATE("request_rate", 503),
    SAMPLE_RATE("sample_rate", 503),
    BYTE_RATE("byte_rate", 503),

    MEMORY_BUDGET("memory_budget", 503),
    CONCURRENCY("concurrency", 503),
    EDGE_CONNECTIONS("edge_connections", 503),
    SLOW_BODY("slow_body", 503),
    DEADLINE("deadline", 503),
    CLOCK_IN_DOUBT("clock_in_doubt", 503),

    RECEIVER_CONFLICT("receiver_conflict", 409),
    RECEIVER_BAD_REQUEST("receiver_bad_request", 400),
    RECEIVER_TOO_LARGE("receiver_too_large", 413),
    RECEIVER_UNPROCESSABLE("receiver_unprocessable", 422),
    RECEIVER_UNRECOGNISED("receiver_unrecognised", 503),
    RECEIVER_LIMITED("receiver_limited", 503),
    RECEIVER_DROPPED("receiver_dropped", 429),
    RECEIVER_MISCONFIGURED("receiver_misconfigured", 503),
    RECEIVER_FAILED("receiver_failed", 503),
    RECEIVER_UNAVAILABLE("receiver_unavailable", 503),

    INTERNAL("internal", 503);

    private final String label;
    private final int status;

    Reason(String label, int status) {
        this.label = label;
        this.status = status;
    }

    /** The value of the {@code reason} label in metrics and of {@code reason} in a JSON answer. */
    public String label() {
        return label;
    }

    public int status() {
        return status;
    }

    /** True when the same write may succeed later. Then the answer carries Retry-After. */
    public boolean retryable() {
        return status == 503 || status == 429;
    }
}

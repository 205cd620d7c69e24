package io.ringgate.forward;

import java.time.Duration;

/**
 * How a write goes out, the same for every receiver.
 *
 * @param path the receivers' own path, whatever path the write came in on
 * @param tenantHeader the header that carries the tenant
 * @param userAgent for example {@code Ringgate/1.0}
 * @param attempt the longest that one receiver is waited for, connecting included
 * @param connect the longest that a connection may take, the TLS handshake included
 * @param idle how long an unused connection is kept
 * @param maxIdle how many unused connections are kept for one receiver on one event loop
 * @param stored the statuses by which receivers say that they stored a write
 * @param doubt how long a refusal in unknown words is not passed on
 */
public record ForwardSettings(
        String path,
        String tenantHeader,
        String userAgent,
        Duration attempt,
        Duration connect,
        Duration idle,
        int maxIdle,
        StoredStatuses stored,
        Duration doubt) {

    public ForwardSettings {
        if (!path.startsWith("/") || !isVisible(path)) {
            throw new IllegalArgumentException("the path of receivers begins with '/' and has no spaces: " + path);
        }
        if (!isVisible(tenantHeader) || tenantHeader.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the tenant header is a header name, without ':': " + tenantHeader);
        }
        if (!isVisible(userAgent)) {
            throw new IllegalArgumentException("the user agent is one word: " + userAgent);
        }
        if (doubt.isNegative() || doubt.toNanos() >= UnrecognisedRefusals.FORGOTTEN_NANOS) {
            throw new IllegalArgumentException("a doubt of this length never ends: " + doubt);
        }
        if (!isPositive(attempt) || !isPositive(connect) || !isPositive(idle) || maxIdle < 0) {
            throw new IllegalArgumentException("the time limits of receivers are longer than 0s");
        }
    }

    private static boolean isPositive(Duration limit) {
        return limit.compareTo(Duration.ZERO) > 0;
    }

    /** One or more ASCII characters that are allowed in a header line, without spaces. */
    private static boolean isVisible(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }
}

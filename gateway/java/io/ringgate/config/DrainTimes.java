package io.ringgate.config;

import java.time.Duration;

/**
 * How the gateway drains after SIGTERM.
 *
 * @param keepServing how long it still serves as before while it is not ready, so that load balancers can notice; SIGINT
 *     skips this
 * @param finish how long writes under way may then take, at most
 */
public record DrainTimes(Duration keepServing, Duration finish) {

    public static final Duration DEFAULT_KEEP_SERVING = Duration.ofSeconds(10);
}

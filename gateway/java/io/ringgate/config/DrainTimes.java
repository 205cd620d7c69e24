package io.ringgate.config;

import java.time.Duration;

/**
 * How the gateway goes away after SIGTERM.
 *
 * @param keepServing how long it still serves as before while it says that it is not ready, so that whoever spreads
 *     connections can hear of it; SIGINT leaves this out
 * @param finish how long writes under way may then take, at most
 */
public record DrainTimes(Duration keepServing, Duration finish) {

    public static final Duration DEFAULT_KEEP_SERVING = Duration.ofSeconds(10);
}

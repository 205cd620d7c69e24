package io.ringgate.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of loading a configuration.
 *
 * @param config absent exactly when there are errors
 * @param readable as much of it as could be read, with defaults for the rest: to show, never to run
 * @param basicUsers where each user of the htpasswd file is named, to compare the two files
 */
public record LoadResult(
        @Nullable GatewayConfig config,
        GatewayConfig readable,
        Problems problems,
        Map<String, SourcePosition> basicUsers) {}

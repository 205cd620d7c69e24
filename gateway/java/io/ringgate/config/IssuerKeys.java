package io.ringgate.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the public keys of an issuer come from. */
public sealed interface IssuerKeys {

    Duration DEFAULT_REFRESH = Duration.ofMinutes(5);
    Duration DEFAULT_STALE = Duration.ofHours(1);

    /** A key set on disk, which is read again when it changes. */
    record InFile(Path file) implements IssuerKeys {}

    /**
     * A key set that is fetched, again and again.
     *
     * @param page the key set itself, or the issuer's description of itself, which names it
     * @param discovery true when it is the description
     * @param caFile the only authorities trusted for https; absent for those that the JDK knows
     * @param refresh how old keys become before they are fetched again
     * @param stale how long keys answer while they cannot be fetched
     */
    record Fetched(URI page, boolean discovery, @Nullable Path caFile, Duration refresh, Duration stale)
            implements IssuerKeys {}
}

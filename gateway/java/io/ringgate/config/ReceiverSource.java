package io.ringgate.config;

import io.ringgate.hashring.Algorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Who the receivers are. Ports are filled in from {@code receivers.write.port} where none was written. */
public sealed interface ReceiverSource {

    /**
     * The rings of a file that receivers read too. The tenant chooses the ring; of each endpoint only the host counts.
     *
     * @param algorithm as the receivers' flag, for rings that name none
     * @param replicationFactor as the receivers' flag
     */
    record Hashrings(Path file, Algorithm algorithm, int replicationFactor) implements ReceiverSource {

        /** What a receiver without the flags does. */
        public static final Algorithm DEFAULT_ALGORITHM = Algorithm.HASHMOD;

        public static final int DEFAULT_REPLICATION_FACTOR = 1;
    }

    /** Named one by one; at least one, distinct. */
    record Listed(List<HostPort> addresses) implements ReceiverSource {
        public Listed {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * One name, every address of which is a receiver.
     *
     * @param refresh how often it is asked for again; the last answer that was good is kept
     */
    record Dns(HostPort name, Duration refresh) implements ReceiverSource {

        public static final Duration DEFAULT_REFRESH = Duration.ofSeconds(10);
    }
}

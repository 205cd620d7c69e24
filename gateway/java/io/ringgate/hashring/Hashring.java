package io.ringgate.hashring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One ring of the file.
 *
 * @param name for people, often empty
 * @param tenants whom it takes
 * @param endpoints in the order of the file, those written twice included
 * @param algorithm as written, empty when it is left to the program that reads the ring
 * @param externalLabels for the blocks of its tenants, not for placing series
 * @param shuffleSharding absent when the key is
 */
public record Hashring(
        String name,
        TenantNames tenants,
        List<Endpoint> endpoints,
        String algorithm,
        Map<String, String> externalLabels,
        @Nullable ShuffleSharding shuffleSharding) {

    public Hashring {
        endpoints = List.copyOf(endpoints);
        externalLabels = Map.copyOf(externalLabels);
    }

    /** What people call it: its name, without one its place in the file in brackets. */
    public String nameOr(int place) {
        return name.isEmpty() ? "[" + place + "]" : name;
    }

    /** True for a ring that names nobody: it takes whoever came past the rings before it. */
    public boolean isDefault() {
        return tenants.names().isEmpty();
    }

    /** Whether a tenant that came past the rings before it is of this ring. */
    public boolean takes(String tenant) throws MalformedPattern {
        return isDefault() || tenants.take(tenant);
    }

    /**
     * The ring of a tenant: the first in the order of the file that takes it.
     *
     * @return null when no ring does
     * @throws MalformedPattern when a broken pattern was met before that
     */
    public static @Nullable Hashring of(String tenant, List<Hashring> rings) throws MalformedPattern {
        for (Hashring ring : rings) {
            if (ring.takes(tenant)) {
                return ring;
            }
        }
        return null;
    }
}

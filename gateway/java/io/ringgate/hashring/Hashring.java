package io.ringgate.hashring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One ring of the file.
 *
 * @param name for messages, often empty
 * @param tenants which ones it gets
 * @param endpoints in the order of the file, those written twice included
 * @param algorithm as written, empty when it is left to the program that reads the ring
 * @param externalLabels for the blocks of its tenants, not for placing series
 * @param shuffleSharding absent when the key is
 */
public record Hashring(
        String name,
        TenantMatcher tenants,
        List<Endpoint> endpoints,
        String algorithm,
        Map<String, String> externalLabels,
        @Nullable ShuffleSharding shuffleSharding) {

    public Hashring {
        endpoints = List.copyOf(endpoints);
        externalLabels = Map.copyOf(externalLabels);
    }

    /** How messages call it: its name, or its index in the file in brackets when it has none. */
    public String nameOr(int place) {
        return name.isEmpty() ? "[" + place + "]" : name;
    }

    /** True for a ring that names no tenant: it gets every tenant that no ring before it got. */
    public boolean isDefault() {
        return tenants.names().isEmpty();
    }

    /** Whether this ring gets a tenant that no ring before it got. */
    public boolean serves(String tenant) throws MalformedPattern {
        return isDefault() || tenants.match(tenant);
    }

    /**
     * The ring of a tenant: the first in the order of the file that takes it.
     *
     * @return null when no ring does
     * @throws MalformedPattern when a broken pattern was met before that
     */
    public static @Nullable Hashring of(String tenant, List<Hashring> rings) throws MalformedPattern {
        for (Hashring ring : rings) {
            if (ring.serves(tenant)) {
                return ring;
            }
        }
        return null;
    }
}

package io.ringgate.auth.jwt;

import io.ringgate.auth.InvalidDocument;
import io.ringgate.auth.StrictJson;
import io.ringgate.config.SignatureAlgorithm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The public keys of an issuer at one moment (RFC 7517). Immutable, any thread. */
public final class KeySet {

    private static final int MOST = 100;

    private final Set<VerifyingKey> keys;
    private final Map<String, List<VerifyingKey>> byKid = new HashMap<>();

    private KeySet(Set<VerifyingKey> keys) {
        this.keys = keys;
        keys.forEach(key -> {
            if (key.kid() != null) {
                byKid.computeIfAbsent(key.kid(), _ -> new ArrayList<>()).add(key);
            }
        });
    }

    /** Keys of other types than we verify with are left out, and so are those after the first hundred. */
    public static KeySet parse(String json) throws InvalidDocument {
        if (!(StrictJson.object(json).get("keys") instanceof List<?> written)) {
            throw new InvalidDocument("has no list of keys");
        }
        Set<VerifyingKey> keys = new LinkedHashSet<>();
        for (Object one : written) {
            VerifyingKey key = one instanceof Map<?, ?> members ? key(members) : null;
            if (key != null && keys.size() < MOST) {
                keys.add(key);
            }
        }
        return new KeySet(keys);
    }

    private static @Nullable VerifyingKey key(Map<?, ?> members) {
        Map<String, Object> named = new LinkedHashMap<>();
        members.forEach((name, value) -> named.put((String) name, value));
        return VerifyingKey.of(named);
    }

    public int size() {
        return keys.size();
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    boolean holds(VerifyingKey key) {
        return keys.contains(key);
    }

    boolean knows(String kid) {
        return byKid.containsKey(kid);
    }

    /** Of all keys that have one. */
    Set<String> kids() {
        return byKid.keySet();
    }

    /** Whether any key may have made such a signature. */
    boolean hasFitting(SignatureAlgorithm algorithm) {
        return keys.stream().anyMatch(key -> key.fits(algorithm));
    }

    /** The one key that may have made such a signature; null where there is none, and where there are several. */
    @Nullable
    VerifyingKey find(@Nullable String kid, SignatureAlgorithm algorithm) {
        VerifyingKey found = null;
        for (VerifyingKey key : kid == null ? keys : byKid.getOrDefault(kid, List.of())) {
            if (key.fits(algorithm)) {
                if (found != null) {
                    return null;
                }
                found = key;
            }
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof KeySet set && keys.equals(set.keys));
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return "KeySet" + keys;
    }
}

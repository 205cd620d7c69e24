package io.ringgate.reload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of change that waits until the operator forces it: {@code POST /-/reload?force=KEY}. One forces no other. */
public enum Force {
    /** A ring loses more than half of its endpoints. */
    RINGS,
    /** Many edges lose their last usable credential. */
    IDENTITIES,
    /** Every policy, or what all tenants inherit, is lifted. */
    LIMITS;

    /** As it is written in a request. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, in a fixed order. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Force::key).toList();
    }

    public static Optional<Force> of(String key) {
        return Arrays.stream(values()).filter(force -> force.key().equals(key)).findFirst();
    }
}

package io.ringgate.auth;

import io.ringgate.config.ClaimPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the log-in of a token by its claims. Immutable. There is one map for each set of claim names that edges use, of which there are
 * few, so a search does not grow with the number of edges.
 */
public final class ClaimIndex {

    public static final ClaimIndex EMPTY = of(Map.of());

    /** For each set of claim names, sorted: the log-ins by the values in the same order. */
    private final Map<List<ClaimPath>, Map<List<String>, Login>> byNames = new HashMap<>();

    private final Set<ClaimPath> names = new HashSet<>();

    private ClaimIndex() {}

    /**
     * An index of these log-ins.
     *
     * @param logins by the claims that a token must have: all of them, with exactly these values; at least one
     */
    public static ClaimIndex of(Map<Map<ClaimPath, String>, Login> logins) {
        ClaimIndex index = new ClaimIndex();
        logins.forEach((claims, login) -> {
            List<ClaimPath> sorted = claims.keySet().stream()
                    .sorted(Comparator.comparing(ClaimPath::toString))
                    .toList();
            index.names.addAll(sorted);
            index.byNames.computeIfAbsent(sorted, _ -> new HashMap<>()).put(values(sorted, claims::get), login);
        });
        return index;
    }

    public boolean isEmpty() {
        return byNames.isEmpty();
    }

    /** All claims that are looked up. */
    public Set<ClaimPath> names() {
        return names;
    }

    /**
     * The log-in of the token that has these claims.
     *
     * @param claim the token's value of a claim; null where it has none, or anything but a text
     */
    public LoginMatch find(Function<ClaimPath, @Nullable String> claim) {
        LoginMatch match = new LoginMatch.Nobody();
        for (Map.Entry<List<ClaimPath>, Map<List<String>, Login>> one : byNames.entrySet()) {
            match = match.and(one.getValue().get(values(one.getKey(), claim)));
        }
        return match;
    }

    private static List<@Nullable String> values(List<ClaimPath> names, Function<ClaimPath, @Nullable String> claim) {
        List<@Nullable String> values = new ArrayList<>(names.size());
        for (ClaimPath name : names) {
            values.add(claim.apply(name));
        }
        return values;
    }
}

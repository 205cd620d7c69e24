package io.ringgate.auth;

import io.ringgate.config.ClaimPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose token it is, by what is said of it. An immutable snapshot; the search goes by the kinds of claims that are looked at,
 * of which there are few, not by edges.
 */
public final class ClaimedLogins {

    public static final ClaimedLogins NONE = of(Map.of());

    private static final Comparator<ClaimPath> ORDER = Comparator.comparing(ClaimPath::toString);
    private static final Comparator<Login> LONGEST =
            Comparator.comparing(Login::notAfter, Comparator.nullsLast(Comparator.naturalOrder()));

    /** For each set of claims in its order: who they are, by the values in the same order. */
    private final Map<List<ClaimPath>, Map<List<String>, Login>> kinds;

    private final Set<ClaimPath> wanted;

    private ClaimedLogins(Map<List<ClaimPath>, Map<List<String>, Login>> kinds, Set<ClaimPath> wanted) {
        this.kinds = kinds;
        this.wanted = Set.copyOf(wanted);
    }

    /** By the claims that each must have, all of them and exactly so; at least one. */
    public static ClaimedLogins of(Map<Map<ClaimPath, String>, Login> logins) {
        Map<List<ClaimPath>, Map<List<String>, Login>> kinds = new HashMap<>();
        Set<ClaimPath> wanted = new HashSet<>();
        logins.forEach((claims, login) -> {
            List<ClaimPath> kind = claims.keySet().stream().sorted(ORDER).toList();
            wanted.addAll(kind);
            kinds.computeIfAbsent(kind, fresh -> new HashMap<>()).put(values(kind, claims), login);
        });
        return new ClaimedLogins(kinds, wanted);
    }

    public boolean isEmpty() {
        return kinds.isEmpty();
    }

    /** The only claims that are ever looked at. */
    public Set<ClaimPath> wanted() {
        return wanted;
    }

    /**
     * Null for nobody, and for more than one edge. Of several credentials of the same edge it is the one that lasts longest.
     *
     * @param claims what is said of the token, as far as it is wanted
     */
    public @Nullable Login find(Map<ClaimPath, String> claims) {
        Login found = null;
        for (Map.Entry<List<ClaimPath>, Map<List<String>, Login>> kind : kinds.entrySet()) {
            Login login = kind.getValue().get(values(kind.getKey(), claims));
            if (login == null) {
                continue;
            }
            if (found != null && !found.edge().equals(login.edge())) {
                return null;
            }
            found = found == null || LONGEST.compare(found, login) < 0 ? login : found;
        }
        return found;
    }

    private static List<@Nullable String> values(List<ClaimPath> kind, Map<ClaimPath, String> claims) {
        List<@Nullable String> values = new ArrayList<>(kind.size());
        for (ClaimPath path : kind) {
            values.add(claims.get(path));
        }
        return values;
    }
}

package io.ringgate.auth.jwt;

import io.ringgate.auth.Verdict;
import io.ringgate.edge.EdgeName;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The edges that one issuer's tokens lead to, by their claims. One look into a map for each choice of claims that is in use,
 * however many edges there are. Immutable, any thread.
 */
final class Claimants {

    /** An edge with its answer, which is made once, since it is given for every write. */
    private record Claimant(EdgeName edge, Future<Verdict> answer) {}

    /** Those that are known by the same claims. */
    private record Choice(List<ClaimPath> paths, Map<List<String>, Claimant> byValues) {}

    private final List<Choice> choices;

    private Claimants(List<Choice> choices) {
        this.choices = choices;
    }

    static Claimants of(List<Access.Holder> holders) {
        Map<List<String>, Choice> choices = new HashMap<>();
        for (Access.Holder holder : holders) {
            Map<String, String> claims = holder.proof().claims();
            choices.computeIfAbsent(
                            List.copyOf(claims.keySet()),
                            keys -> new Choice(keys.stream().map(ClaimPath::of).toList(), new HashMap<>()))
                    .byValues()
                    .put(
                            List.copyOf(claims.values()),
                            new Claimant(
                                    holder.login().edge().name(),
                                    Future.succeededFuture(new Verdict.Known(holder.login()))));
        }
        return new Claimants(List.copyOf(choices.values()));
    }

    /** Null when the claims are nobody's. Those of two edges are refused. */
    @Nullable
    Future<Verdict> find(Map<String, Object> claims) {
        Claimant found = null;
        for (Choice choice : choices) {
            List<String> values = values(choice.paths(), claims);
            Claimant one = values == null ? null : choice.byValues().get(values);
            if (one != null) {
                if (found != null && !found.edge().equals(one.edge())) {
                    return Answers.WRONG;
                }
                found = one;
            }
        }
        return found == null ? null : found.answer();
    }

    private static @Nullable List<String> values(List<ClaimPath> paths, Map<String, Object> claims) {
        List<String> values = new ArrayList<>(paths.size());
        for (ClaimPath path : paths) {
            String value = path.in(claims);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }
}

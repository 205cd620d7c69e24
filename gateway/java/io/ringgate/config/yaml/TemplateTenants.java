package io.ringgate.config.yaml;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ringgate.config.EdgeEntry;
import io.ringgate.config.EdgeTemplate;
import io.ringgate.config.Problems;
import io.ringgate.config.SourcePosition;
import io.ringgate.edge.Edge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Templates that do not say whether they may lead to tenants of configured edges. One whose claims can is warned of: its
 * tokens for such a tenant are refused, which an operator should learn from {@code check} and not from a sender.
 */
final class TemplateTenants {

    private static final String CLAIM = "\\{claim:[^{}]+\\}";

    private record Undecided(EdgeTemplate template, SourcePosition position) {}

    private final List<Undecided> undecided = new ArrayList<>();

    void add(EdgeTemplate template, SourcePosition position) {
        undecided.add(new Undecided(template, position));
    }

    /** At most one warning a template: its first edge stands for all. */
    void check(List<EdgeEntry> entries, Problems problems) {
        for (Undecided one : undecided) {
            Pattern tenants = tenants(one.template());
            entries.stream()
                    .map(EdgeEntry::edge)
                    .filter(edge ->
                            tenants != null && tenants.matches(edge.tenant().value()))
                    .findFirst()
                    .ifPresent(edge -> problems.warning(one.position(), sentence(edge)));
        }
    }

    private static String sentence(Edge edge) {
        return "may lead to tenant " + edge.tenant() + ", which edge " + edge.name()
                + " has, and such tokens are refused: write configured_tenants: refuse when that is meant, or allow";
    }

    /** What the tenant may be with values that are allowed; null when that cannot be told. */
    private static @Nullable Pattern tenants(EdgeTemplate template) {
        StringBuilder all = new StringBuilder();
        for (String text : template.tenant().split(CLAIM, -1)) {
            all.append(all.isEmpty() ? "" : "(?:" + template.allow() + ")").append("(?:" + Pattern.quote(text) + ")");
        }
        try {
            return Pattern.compile(all.toString());
        } catch (PatternSyntaxException unclosed) {
            return null;
        }
    }
}

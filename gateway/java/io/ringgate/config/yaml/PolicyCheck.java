package io.ringgate.config.yaml;

import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Identities;
import io.ringgate.config.Policy;
import io.ringgate.config.SourcePosition;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what cannot work in a policy file, or applies to no edge. It checks the file with all that it inherits, and
 * reports only what the file itself sets: problems of the defaults are reported for the defaults. Any thread.
 */
final class PolicyCheck {

    private final GatewaySettings settings;
    private final KnownEdges writers;

    PolicyCheck(GatewaySettings settings, Identities identities) {
        this.settings = settings;
        this.writers = new KnownEdges(identities);
    }

    /**
     * Adds what is found to the problems of the file.
     *
     * @param tenant absent for the defaults
     */
    void judge(@Nullable TenantId tenant, PolicyDraft draft, TenantPolicy defaults) {
        someoneWrites(tenant, draft);
        TenantPolicy whole = draft.policy().over(defaults);
        PolicyConsistency judge = new PolicyConsistency(settings, draft.top().problems());
        List<Section> top = List.of(draft.top());
        judge.judge(new PolicyConsistency.Scope(whole.tenant(), top), new PolicyConsistency.Scope(whole.tenant(), top));
        List<Section> perEdge = List.of(draft.perEdge());
        if (whole.perEdge().equals(Policy.NONE) && whole.edges().isEmpty()) {
            return;
        }
        judge(judge, whole.perEdge(), whole, perEdge, top);
        for (EdgeName edge : whole.edges().keySet()) {
            Section own = draft.edges().get(edge);
            judge(judge, whole.ofEdge(edge), whole, own == null ? perEdge : List.of(own, draft.perEdge()), top);
        }
    }

    private static void judge(
            PolicyConsistency judge, Policy ofEdge, TenantPolicy whole, List<Section> sections, List<Section> top) {
        judge.judge(
                new PolicyConsistency.Scope(ofEdge, sections),
                new PolicyConsistency.Scope(
                        ofEdge.over(whole.tenant()),
                        Stream.concat(sections.stream(), top.stream()).toList()));
    }

    private void someoneWrites(@Nullable TenantId tenant, PolicyDraft draft) {
        if (tenant != null && !writers.has(tenant)) {
            draft.top()
                    .problems()
                    .warning(
                            SourcePosition.ofFile(draft.top().position().file()),
                            "no edge has the tenant " + tenant
                                    + ", so it has no effect: name the file after a tenant, or remove it");
            return;
        }
        for (Map.Entry<EdgeName, Section> edge : draft.edges().entrySet()) {
            if (!writers.has(tenant, edge.getKey())) {
                edge.getValue()
                        .problems()
                        .warning(
                                edge.getValue().position(),
                                (tenant == null ? "no edge" : "no edge of tenant " + tenant)
                                        + " is called so, so it has no effect: write the name of one, or remove it");
            }
        }
    }
}

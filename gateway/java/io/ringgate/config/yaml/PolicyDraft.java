package io.ringgate.config.yaml;

import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.EdgeName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One policy file as it was read, with its sections, which know the place of everything. */
record PolicyDraft(TenantPolicy policy, Section top, Section perEdge, Map<EdgeName, Section> edges) {

    static PolicyDraft read(Section top) {
        Policy tenant = PolicyReader.read(top);
        Section perEdge = top.section("per_edge");
        Policy ofEach = PolicyReader.read(perEdge);
        perEdge.end();
        Map<EdgeName, Section> sections = edges(top.section("edges"));
        Map<EdgeName, Policy> edges = new HashMap<>();
        sections.forEach((edge, section) -> {
            edges.put(edge, PolicyReader.read(section));
            section.end();
        });
        top.end();
        return new PolicyDraft(new TenantPolicy(tenant, ofEach, edges), top, perEdge, sections);
    }

    private static Map<EdgeName, Section> edges(Section named) {
        Map<EdgeName, Section> edges = new LinkedHashMap<>();
        named.sections().forEach((name, section) -> {
            if (EdgeName.isValid(name)) {
                edges.put(new EdgeName(name), section);
            } else {
                section.error("is not an edge name, write " + EdgeName.RULE);
            }
        });
        return edges;
    }
}

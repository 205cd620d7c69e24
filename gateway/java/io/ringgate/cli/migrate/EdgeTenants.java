package io.ringgate.cli.migrate;

import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tenant of each edge.
 *
 * @param lines what the report says of them
 */
record EdgeTenants(Map<EdgeName, TenantId> of, TenantId usual, List<ReportLine> lines) {

    static EdgeTenants of(EdgeAccess access) {
        TenantOptions options = access.draft().tenantOptions();
        Map<EdgeName, TenantId> tenants = new LinkedHashMap<>();
        List<ReportLine> questions = new ArrayList<>();
        ImportedUsers users = access.users();
        (users == null ? Map.<String, EdgeName>of() : users.edges()).forEach((user, edge) -> {
            Set<String> named = new LinkedHashSet<>();
            access.ways(edge).forEach(way -> named.add(access.draft().tenant(way, user)));
            List<TenantId> valid =
                    named.stream().filter(TenantId::isValid).map(TenantId::new).toList();
            tenants.put(edge, valid.isEmpty() ? options.usual() : valid.getFirst());
            String fault = named.size() > 1
                    ? "has several tenants by several Ingresses (" + String.join(", ", named) + "), and an edge has one"
                    : valid.isEmpty() && !named.isEmpty()
                            ? "would have its name as tenant, which cannot be one (" + TenantId.RULE + ")"
                            : "";
            if (!fault.isEmpty()) {
                questions.add(ReportLine.of(
                        "user " + user, Finding.decide(fault + ": write `tenant` of edge " + edge + " in edges.yaml")));
            }
        });
        List<ReportLine> lines = new ArrayList<>(List.of(summary(tenants, options)));
        lines.addAll(questions);
        return new EdgeTenants(tenants, options.usual(), lines);
    }

    private static ReportLine summary(Map<EdgeName, TenantId> tenants, TenantOptions options) {
        String how = ", told to receivers by the header " + options.header()
                + " and not stamped into series, so that old and new ones are the same";
        Set<TenantId> all = new LinkedHashSet<>(tenants.values());
        if (all.size() < 2) {
            TenantId one = all.isEmpty() ? options.usual() : all.iterator().next();
            return ReportLine.of("tenant " + one, Finding.carried("edges.yaml: the tenant of every edge" + how));
        }
        return ReportLine.of(
                all.size() + " tenants",
                Finding.carried(tenants.entrySet().stream()
                        .map(each -> each.getKey() + " of " + each.getValue())
                        .collect(Collectors.joining(", ", "edges.yaml: ", how))));
    }

    TenantId tenant(EdgeName edge) {
        return of.getOrDefault(edge, usual);
    }
}

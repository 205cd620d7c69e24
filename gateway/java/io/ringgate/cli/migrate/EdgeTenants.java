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
 * @param entries what the report says of them
 */
record EdgeTenants(Map<EdgeName, TenantId> of, TenantOptions terms, List<ReportLine> entries) {

    static EdgeTenants of(EdgeAccess reach) {
        TenantOptions terms = reach.draft().tenantTerms();
        Map<EdgeName, TenantId> tenants = new LinkedHashMap<>();
        List<ReportLine> undecided = new ArrayList<>();
        Users users = reach.users();
        (users == null ? Map.<String, EdgeName>of() : users.edges()).forEach((user, edge) -> {
            Set<String> asked = new LinkedHashSet<>();
            reach.ways(edge).forEach(way -> asked.add(name(reach.draft(), way, user)));
            List<TenantId> valid =
                    asked.stream().filter(TenantId::isValid).map(TenantId::new).toList();
            tenants.put(edge, valid.isEmpty() ? terms.usual() : valid.getFirst());
            if (asked.size() > 1) {
                undecided.add(question(
                        user,
                        edge,
                        "has several tenants by several Ingresses (" + String.join(", ", asked)
                                + "), and an edge has one"));
            } else if (valid.isEmpty() && !asked.isEmpty()) {
                undecided.add(question(
                        user, edge, "would have its name as tenant, which cannot be one (" + TenantId.RULE + ")"));
            }
        });
        List<ReportLine> entries = new ArrayList<>(entries(tenants, terms));
        entries.addAll(undecided);
        return new EdgeTenants(tenants, terms, entries);
    }

    private static String name(ConfigDraft draft, Ingress way, String user) {
        return switch (draft.tenant(way)) {
            case null -> draft.tenantTerms().usual().value();
            case TenantChoice.Constant constant -> constant.tenant().value();
            case TenantChoice.OfUser _ -> user;
        };
    }

    private static ReportLine question(String user, EdgeName edge, String why) {
        return ReportLine.of(
                "user " + user, Finding.decide(why + ": write `tenant` of edge " + edge + " in edges.yaml"));
    }

    private static List<ReportLine> entries(Map<EdgeName, TenantId> tenants, TenantOptions terms) {
        String told = ", told to receivers by the header " + terms.header()
                + " and not stamped into series, so that old and new ones are the same";
        Set<TenantId> all = new LinkedHashSet<>(tenants.values());
        if (all.size() < 2) {
            TenantId one = all.isEmpty() ? terms.usual() : all.iterator().next();
            return List.of(
                    ReportLine.of("tenant " + one, Finding.carried("edges.yaml: the tenant of every edge" + told)));
        }
        return List.of(ReportLine.of(
                all.size() + " tenants",
                Finding.carried("edges.yaml: "
                        + tenants.entrySet().stream()
                                .map(each -> each.getKey() + " of " + each.getValue())
                                .collect(Collectors.joining(", "))
                        + told)));
    }

    TenantId tenant(EdgeName edge) {
        return of.getOrDefault(edge, terms.usual());
    }
}

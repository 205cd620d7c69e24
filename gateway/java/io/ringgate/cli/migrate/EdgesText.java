package io.ringgate.cli.migrate;

import io.ringgate.edge.EdgeName;
import java.util.Map;
import java.util.Set;

/** What {@code edges.yaml} says. */
record EdgesText(EdgeAccess reach, EdgeTenants tenants) {

    static final String FILE = "edges.yaml";

    private static final String HEAD = """
            # The users of the Ingress, each an edge. Their series stay as their agents send them: what an agent says of
            # `cluster` is kept until on_conflict says otherwise, and one that says nothing gets the edge's name.
            edges:
            """;

    String yaml() {
        Users users = reach.users();
        if (users == null || users.edges().isEmpty()) {
            return """
                    # Nobody may write yet: no user was given. `ringgate edge add NAME --tenant %s --config FILE` adds an
                    # edge with a new password; `ringgate import ingress --secret FILE` into another folder takes the users
                    # of the Ingress.
                    edges: []
                    """.formatted(tenants.terms().usual());
        }
        StringBuilder text = new StringBuilder(HEAD);
        Map<EdgeName, IngressLimits> terms = reach.terms();
        users.edges().forEach((user, edge) -> {
            Set<String> sources = terms.getOrDefault(edge, IngressLimits.NONE).sources();
            text.append("  - name: ").append(Texts.value(edge.value())).append('\n');
            text.append("    tenant: ")
                    .append(Texts.value(tenants.tenant(edge).value()))
                    .append('\n');
            text.append("    on_conflict: { ").append(GatewayText.EDGE_LABEL).append(": keep }\n");
            if (!sources.isEmpty()) {
                text.append("    allowed_sources: ").append(Texts.list(sources)).append('\n');
            }
            text.append("    credentials:\n      - basic: { user: ")
                    .append(Texts.value(user))
                    .append(" }\n");
        });
        return text.toString();
    }
}

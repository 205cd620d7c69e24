package io.ringgate.cli.migrate;

import io.ringgate.edge.EdgeName;
import java.util.Map;

/** What {@code edges.yaml} says. */
record EdgesText(EdgeAccess access, EdgeTenants tenants) {

    static final String FILE = "edges.yaml";

    private static final String HEAD = """
            # The users of the Ingress, each an edge. Their series stay as their agents send them: what an agent says of
            # `cluster` is kept until on_conflict says otherwise, and one that says nothing gets the edge's name.
            """;

    String yaml() {
        ImportedUsers users = access.users();
        if (users == null || users.edges().isEmpty()) {
            return """
                    # Nobody may write yet: no user was given. `ringgate edge add NAME --tenant %s --config FILE` adds an
                    # edge with a new password; `ringgate import ingress --secret FILE` into another folder takes the users
                    # of the Ingress.
                    edges: []
                    """.formatted(access.draft().tenantOptions().usual());
        }
        Map<EdgeName, IngressLimits> limits = access.limits();
        return new YamlText()
                .lines(HEAD)
                .section(
                        "edges",
                        edges -> users.edges()
                                .forEach((user, edge) -> edges.item(entry -> {
                                    entry.putText("name", edge.value());
                                    entry.putText("tenant", tenants.tenant(edge).value());
                                    entry.put("on_conflict", "{ " + GatewayText.EDGE_LABEL + ": keep }");
                                    entry.putList(
                                            "allowed_sources",
                                            limits.getOrDefault(edge, IngressLimits.NONE)
                                                    .sources());
                                    entry.section(
                                            "credentials",
                                            credentials -> credentials.item(one ->
                                                    one.put("basic", "{ user: " + YamlText.quoted(user) + " }")));
                                })))
                .toString();
    }
}

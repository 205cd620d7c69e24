package io.ringgate.auth.jwt;

import io.ringgate.auth.Logins;
import io.ringgate.auth.Refusals;
import io.ringgate.auth.Verdict;
import io.ringgate.config.EdgeTemplate;
import io.ringgate.config.Issuer;
import io.ringgate.config.Issuers;
import io.ringgate.edge.Edge;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.metrics.Metrics;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The edges that templates have created, up to the configured number. A name belongs to the issuer and the tenant that had it
 * first, and a configured edge's name to that edge only. The tenant of a configured edge is closed to templates too, unless they
 * allow it: who can get a token is not who may write to that tenant. Dynamic edges stay until their template changes or is removed.
 *
 * <p>Any thread, under one short lock: each token comes here once, and once more after each reload.
 */
final class DynamicEdges {

    private record Made(String issuer, Edge edge, Future<Verdict> answer) {}

    private final Logins logins;
    private final Map<EdgeName, Made> made = new HashMap<>();
    private final Map<String, EdgeTemplate> templates = new HashMap<>();
    private Set<EdgeName> configured = Set.of();
    private Set<TenantId> tenants = Set.of();
    private int most;

    DynamicEdges(Logins logins, Metrics metrics) {
        this.logins = logins;
        metrics.gauge("ringgate_auth_dynamic_edges", this::size);
    }

    /** Replaces the templates, and the names and tenants that are taken. */
    synchronized void update(Issuers issuers, Set<EdgeName> names, Set<TenantId> ofThem) {
        configured = Set.copyOf(names);
        tenants = Set.copyOf(ofThem);
        most = issuers.maxDynamicTenants();
        Map<String, EdgeTemplate> before = Map.copyOf(templates);
        templates.clear();
        for (Issuer issuer : issuers.all()) {
            if (issuer.template() != null) {
                templates.put(issuer.name(), issuer.template());
            }
        }
        made.values()
                .removeIf(one -> isTaken(one.edge(), templates.get(one.issuer()))
                        || !Objects.equals(templates.get(one.issuer()), before.get(one.issuer())));
    }

    private boolean isTaken(Edge edge, @Nullable EdgeTemplate by) {
        boolean anyTenant = by != null && by.configuredTenants();
        return configured.contains(edge.name()) || (!anyTenant && tenants.contains(edge.tenant()));
    }

    /** The answer for an edge that the issuer's template has made just now or before. */
    synchronized Future<Verdict> answer(Issuer issuer, Edge edge) {
        if (!Objects.equals(templates.get(issuer.name()), issuer.template())) {
            return Refusals.CHANGED;
        }
        if (isTaken(edge, issuer.template())) {
            return Refusals.WRONG;
        }
        Made before = made.get(edge.name());
        if (before != null) {
            boolean same =
                    before.issuer().equals(issuer.name()) && before.edge().equals(edge);
            return same ? before.answer() : Refusals.WRONG;
        }
        if (made.size() >= most) {
            return TokenRefusals.TOO_MANY_EDGES;
        }
        Future<Verdict> answer = Future.succeededFuture(
                new Verdict.Known(logins.login(edge, "jwt:" + issuer.name() + ":edge_template", null)));
        made.put(edge.name(), new Made(issuer.name(), edge, answer));
        return answer;
    }

    synchronized Set<EdgeName> names() {
        return Set.copyOf(made.keySet());
    }

    private synchronized int size() {
        return made.size();
    }
}

package io.ringgate.config.yaml;

import io.ringgate.config.EdgeEntry;
import io.ringgate.config.EdgeTemplate;
import io.ringgate.config.Identities;
import io.ringgate.config.Issuer;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which edges of which tenants there may be: those that are listed, and those that a template may make. */
final class KnownEdges {

    private static final Pattern CLAIM = Pattern.compile("\\{claim:[^{}]+\\}");

    private final Map<TenantId, Set<EdgeName>> edges = new HashMap<>();
    private final Set<EdgeName> names;
    private final List<Template> templates;

    /** By the shape of its texts: what claims say is not known. */
    private record Template(Pattern edge, Pattern tenant) {

        static Template of(EdgeTemplate template) {
            return new Template(shape(template.edge()), shape(template.tenant()));
        }

        private static Pattern shape(String text) {
            return Pattern.compile(CLAIM.splitAsStream(text + " ")
                    .map(String::strip)
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".+")));
        }
    }

    KnownEdges(Identities identities) {
        this.names = Set.copyOf(identities.names());
        for (EdgeEntry entry : identities.edges()) {
            edges.computeIfAbsent(entry.edge().tenant(), _ -> new HashSet<>())
                    .add(entry.edge().name());
        }
        this.templates = identities.issuers().all().stream()
                .map(Issuer::template)
                .filter(Objects::nonNull)
                .map(Template::of)
                .toList();
    }

    boolean has(TenantId tenant) {
        return edges.containsKey(tenant)
                || templates.stream()
                        .anyMatch(template ->
                                template.tenant().matcher(tenant.value()).matches());
    }

    /** Of any tenant where none is given. */
    boolean has(@Nullable TenantId tenant, EdgeName edge) {
        boolean listed = tenant == null
                ? names.contains(edge)
                : edges.getOrDefault(tenant, Set.of()).contains(edge);
        return listed
                || templates.stream()
                        .anyMatch(template ->
                                template.edge().matcher(edge.value()).matches()
                                        && (tenant == null
                                                || template.tenant()
                                                        .matcher(tenant.value())
                                                        .matches()));
    }
}

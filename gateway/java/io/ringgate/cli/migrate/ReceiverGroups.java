package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.TenantId;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.MalformedPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Several backends: the gateway tells them apart by tenant, a ring each. What it cannot tell apart is not imported. */
record ReceiverGroups(
        List<Group> groups,
        FileLayout layout,
        boolean mixedTls,
        @Nullable HashringsInput given) {

    /** For gRPC, which a ring's endpoints name; a write goes to the port of {@code receivers.write}. */
    private static final int RING_PORT = 10901;

    private static final String BY_INGRESS =
            ". Import each by itself (`--ingress NAMESPACE/NAME`) for a gateway of its own";
    private static final String BY_FILE =
            ". One Ingress leads to both, so `--ingress` cannot part them: copy it into two files,"
                    + " each with the paths of one backend, and import each by itself (`-f FILE`) for a gateway of its own";
    private static final String BY_TENANT =
            "; or set a tenant for each in its snippet and import with its `--secret` and with `--hashrings`, a file that has a"
                    + " ring for each tenant";
    private static final String AS_ONE =
            "; or, if both Services lead to the same receivers, write the same Service in both.";

    /** One backend, with the Ingresses that lead to it. */
    record Group(Backend backend, List<Ingress> ingresses, Set<EdgeName> edges, Set<TenantId> tenants) {

        private String title() {
            return ingresses.stream().map(Ingress::id).collect(Collectors.joining(", ")) + " to "
                    + ReportText.of(backend.address());
        }
    }

    /**
     * The rings that send each tenant to the backend of its Ingress: those that were given, or one of each Service.
     *
     * @throws CommandFailure with exit code 2 where no rings can
     */
    static HashringsInput hashrings(EdgeAccess access, EdgeTenants tenants, @Nullable HashringsInput given) {
        ConfigDraft draft = access.draft();
        List<Group> groups = new ArrayList<>();
        for (Backend backend : draft.backends()) {
            List<Ingress> ingresses = draft.leadingTo(backend);
            Set<EdgeName> edges = new LinkedHashSet<>();
            ingresses.forEach(ingress -> edges.addAll(access.edges(ingress)));
            groups.add(new Group(
                    backend,
                    ingresses,
                    edges,
                    edges.stream().map(tenants::tenant).collect(Collectors.toCollection(LinkedHashSet::new))));
        }
        ReceiverGroups all = new ReceiverGroups(groups, draft.layout(), draft.differsInBackendTls(), given);
        String fault = all.fault();
        if (!fault.isEmpty()) {
            throw CommandFailure.wrong("Writes go to several backends ("
                    + groups.stream().map(Group::title).collect(Collectors.joining("; "))
                    + "), and the gateway chooses receivers by tenant: " + fault + all.advice());
        }
        return given == null ? HashringsInput.read(new InputText(HashringsInput.FILE, all.json())) : given;
    }

    /** Why it cannot be done; empty where it can. */
    private String fault() {
        if (groups.stream().anyMatch(group -> group.edges().isEmpty())) {
            return "no user is known whose writes go to one of them";
        }
        if (groups.stream().map(group -> group.backend().port()).distinct().count() > 1) {
            return "they have different ports, and `receivers.write.port` is one";
        }
        if (groups.stream().anyMatch(group -> group.backend().kind() != Backend.Kind.THANOS)) {
            return "one is Prometheus, which has no rings";
        }
        if (mixedTls) {
            return "one is asked by https and another is not, and `receivers.write.scheme` is one";
        }
        if (given == null && layout == FileLayout.PODS) {
            return "the pods read the ring file of the receivers, and it was not given";
        }
        Map<String, Group> taken = new HashMap<>();
        for (Group group : groups) {
            for (TenantId tenant : group.tenants()) {
                Group other = taken.putIfAbsent("tenant " + tenant, group);
                if (other != null && !other.equals(group)) {
                    return "tenant " + tenant + " is of both";
                }
                String ring = given == null ? "" : ring(tenant, given.list());
                other = ring.isEmpty() ? null : taken.putIfAbsent("ring " + ring, group);
                if (other != null && !other.equals(group)) {
                    return HashringsInput.FILE + " sends tenants of both to ring " + ReportText.of(ring);
                }
            }
        }
        return "";
    }

    /** One Ingress has one snippet, so only several Ingresses can set a tenant for each backend. */
    private String advice() {
        long ingresses = groups.stream()
                .flatMap(group -> group.ingresses().stream())
                .distinct()
                .count();
        boolean shared =
                groups.stream().mapToLong(group -> group.ingresses().size()).sum() > ingresses;
        return (shared ? BY_FILE : BY_INGRESS + BY_TENANT) + AS_ONE;
    }

    private static String ring(TenantId tenant, List<Hashring> rings) {
        try {
            Hashring ring = Hashring.of(tenant.value(), rings);
            return ring == null ? "" : ring.nameOr(rings.indexOf(ring));
        } catch (MalformedPattern malformed) {
            return "";
        }
    }

    private String json() {
        return groups.stream()
                .map(group -> """
                          {
                            "hashring": "%s",
                            "tenants": [%s],
                            "endpoints": ["%s:%d"]
                          }""".formatted(
                                group.backend().host(),
                                group.tenants().stream()
                                        .map(tenant -> '"' + tenant.value() + '"')
                                        .collect(Collectors.joining(", ")),
                                group.backend().host(),
                                RING_PORT)
                        .replaceAll("(?m)^", "  "))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }
}

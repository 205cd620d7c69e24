package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import io.ringgate.config.ReceiversConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receivers of the new configuration.
 *
 * @param backends those of the Ingresses; each tenant of several has its ring
 * @param hashrings absent where the backend of the Ingress is all that is known
 * @param ofServices true where a ring is a Service, and not the receivers behind it
 */
record ImportedReceivers(
        List<Backend> backends, @Nullable HashringsInput hashrings, FileLayout layout, boolean ofServices) {

    /**
     * Of the backends that the draft has by now.
     *
     * @throws CommandFailure with exit code 2 for several that the gateway could not tell apart
     */
    static ImportedReceivers of(EdgeAccess access, EdgeTenants tenants, @Nullable HashringsInput given) {
        List<Backend> backends = access.draft().backends();
        HashringsInput hashrings = backends.size() == 1 ? given : ReceiverGroups.hashrings(access, tenants, given);
        return new ImportedReceivers(
                backends, hashrings, access.draft().layout(), given == null && backends.size() > 1);
    }

    /** The first, or only one. */
    Backend backend() {
        return backends.getFirst();
    }

    /** A ring is one of Thanos, whatever the Ingress leads to. */
    boolean isPrometheus() {
        return hashrings == null && backend().kind() == Backend.Kind.PROMETHEUS;
    }

    /** Pods have the ring of the receivers mounted. */
    private boolean hasHashrings() {
        return hashrings != null || (layout == FileLayout.PODS && !isPrometheus());
    }

    /** Where they take writes. */
    int port() {
        return hasHashrings() && backend().kind() == Backend.Kind.PROMETHEUS
                ? GatewayText.WRITE
                : backend().port();
    }

    /** What the report says of them. */
    List<ReportLine> lines() {
        return backends.stream()
                .map(backend -> ReportLine.of("backend " + backend.written(), finding()))
                .toList();
    }

    private Finding finding() {
        if (hasHashrings()) {
            return Finding.changed("ringgate.yaml: receivers.hashrings_file: " + layout.hashrings() + ofHashrings());
        }
        Backend backend = backend();
        String words = "ringgate.yaml: receivers.dns: " + backend.host() + ", receivers.write.port: " + backend.port();
        String doubt = doubt();
        if (isPrometheus()) {
            return Finding.changed(words + ". It is Prometheus, not Thanos: receivers.write.path: "
                    + backend.kind().path()
                    + ", and health at the same port. Each write goes to one of its replicas, as by the Ingress; it takes"
                    + " writes with --web.enable-remote-write-receiver only, and looks at no tenant" + doubt);
        }
        return doubt.isEmpty() ? Finding.carried(words) : Finding.changed(words + doubt);
    }

    private String ofHashrings() {
        if (backends.size() > 1) {
            return ", where each tenant has its ring: see that the ring of its tenants has the receivers of this Service"
                    + (ofServices ? ", by their names (`--hashrings`) rather than by the Service's" : "");
        }
        return "; a write goes to one of its receivers by itself, the Service is not asked"
                + (backend().kind() == Backend.Kind.PROMETHEUS
                        ? ". The Ingress leads to Prometheus, these do not"
                        : "");
    }

    /** What the operator has to look at of the name and port of a Service; empty where they are certain. */
    private String doubt() {
        Backend backend = backend();
        if (!backend.written().named()) {
            return ", which is guessed: a chart's values name no Service, so write the right one"
                    + (isPrometheus() ? "" : ", or give `--hashrings`");
        }
        if (backend.guessed()) {
            return ", which is guessed: the file does not name Service and namespace, so write the right ones";
        }
        if (isPrometheus()) {
            return backend.isExact() ? "" : ". Its port has a name in the Ingress, so see that this is it";
        }
        if (!backend.isExact()) {
            return ": receivers take writes at --remote-write.address, 19291 unless they are told otherwise, so see that"
                    + " this is its port";
        }
        return backend.port() == GatewayText.WRITE
                ? ""
                : ": see that this is the port of the receivers' --remote-write.address, since at --http-address they"
                        + " answer 404 to writes";
    }

    void writeTo(YamlText yaml, ConfigDraft draft) {
        yaml.section("receivers", receivers -> {
            if (hasHashrings()) {
                receivers.put("hashrings_file", layout.hashrings());
                receivers.put("algorithm", "ketama  # as the receivers' --receive.hashrings-algorithm");
                receivers.put("replication_factor", replicas());
            } else {
                receivers.putText("dns", backend().host());
            }
            String header = draft.tenantOptions().header();
            if (!header.equalsIgnoreCase(ReceiversConfig.DEFAULT_TENANT_HEADER)) {
                receivers.putText("tenant_header", header);
            }
            if (layout == FileLayout.PODS) {
                receivers.put("version", "v0.37.2");
                receivers.put("default_tenant_folder", "true  # made before each start of a receiver");
            }
            receivers.section("write", write -> {
                write.put("port", port());
                if (isPrometheus()) {
                    write.put("path", backend().kind().path());
                }
                if (draft.hasBackendTls()) {
                    write.put("scheme", "https").section("tls", tls -> backendTls(tls, draft));
                }
            });
            if (isPrometheus()) {
                receivers.section("health", health -> {
                    health.put("port", port());
                    if (draft.hasBackendTls()) {
                        health.put("scheme", "https");
                    }
                    health.put("path", "/-/ready");
                });
            }
        });
    }

    private String replicas() {
        return (hashrings == null ? HashringsInput.USUAL_REPLICAS : hashrings.replicationFactor())
                + (ofServices
                        ? "  # of a ring that is a Service, whose receivers replicate"
                        : "  # as the receivers' --receive.replication-factor");
    }

    private static void backendTls(YamlText tls, ConfigDraft draft) {
        if (!draft.backendAuthority().isEmpty()) {
            tls.putText("ca_file", draft.layout().authority(draft.backendAuthority()));
        }
        if (!draft.backendName().isEmpty()) {
            tls.putText("server_name", draft.backendName());
        }
    }
}

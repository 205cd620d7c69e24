package io.ringgate.cli.migrate;

import io.ringgate.cli.CommandFailure;
import io.ringgate.config.ReceiversConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where writes go on to.
 *
 * @param backends those of the Ingresses; each tenant of several has its ring
 * @param rings absent where the backend of the Ingress is all that is known
 * @param ofServices true where a ring is a Service, and not the receivers behind it
 */
record Receivers(List<Backend> backends, @Nullable HashringsInput rings, Layout layout, boolean ofServices) {

    static final String RINGS_FILE = "hashrings.json";

    /**
     * Of the backends that the draft has by now.
     *
     * @throws CommandFailure with exit code 2 for several that the gateway could not tell apart
     */
    static Receivers of(EdgeAccess reach, EdgeTenants tenants, @Nullable HashringsInput given) {
        List<Backend> backends = reach.draft().backends();
        HashringsInput rings = backends.size() == 1 ? given : ReceiverGroups.rings(reach, tenants, given);
        return new Receivers(backends, rings, reach.draft().layout(), given == null && backends.size() > 1);
    }

    /** The first, or only one. */
    Backend backend() {
        return backends.getFirst();
    }

    /** A ring is one of Thanos, whatever the Ingress leads to. */
    boolean isPrometheus() {
        return rings == null && backend().kind() == Backend.Kind.PROMETHEUS;
    }

    /** Pods have the ring of the receivers mounted. */
    private boolean hasRing() {
        return rings != null || (layout == Layout.PODS && !isPrometheus());
    }

    /** Where they take writes. */
    int port() {
        return hasRing() && backend().kind() == Backend.Kind.PROMETHEUS
                ? GatewayText.WRITE
                : backend().port();
    }

    /** What the report says of them. */
    List<ReportLine> entries() {
        return backends.stream()
                .map(backend -> ReportLine.of("backend " + backend.written(), finding()))
                .toList();
    }

    private Finding finding() {
        Backend backend = backend();
        if (backends.size() > 1) {
            return Finding.changed("ringgate.yaml: receivers.hashrings_file: " + layout.rings()
                    + ", where each tenant has its ring: see that the ring of its tenants has the receivers of this Service"
                    + (ofServices ? ", by their names (`--hashrings`) rather than by the Service's" : ""));
        }
        if (hasRing()) {
            return Finding.changed("ringgate.yaml: receivers.hashrings_file: " + layout.rings()
                    + "; a write goes to one of its receivers by itself, the Service is not asked"
                    + (backend.kind() == Backend.Kind.PROMETHEUS
                            ? ". The Ingress leads to Prometheus, these do not"
                            : ""));
        }
        String words = "ringgate.yaml: receivers.dns: " + backend.host() + ", receivers.write.port: " + backend.port();
        if (isPrometheus()) {
            words = words + ". It is Prometheus, not Thanos: receivers.write.path: "
                    + backend.kind().path()
                    + ", and health at the same port. Each write goes to one of its replicas, as by the Ingress; it takes"
                    + " writes with --web.enable-remote-write-receiver only, and looks at no tenant";
        }
        if (!backend.written().named()) {
            return Finding.changed(
                    words + ", which is guessed: a chart's values name no Service, so write the right one"
                            + (isPrometheus() ? "" : ", or give `--hashrings`"));
        }
        if (backend.guessed()) {
            return Finding.changed(words
                    + ", which is guessed: the file does not name Service and namespace, so write the right ones");
        }
        if (isPrometheus()) {
            return Finding.changed(
                    backend.isExact() ? words : words + ". Its port has a name in the Ingress, so see that this is it");
        }
        if (!backend.isExact()) {
            return Finding.changed(
                    words + ": receivers take writes at --remote-write.address, 19291 unless they are told"
                            + " otherwise, so see that this is its port");
        }
        return backend.port() == GatewayText.WRITE
                ? Finding.carried(words)
                : Finding.changed(
                        words + ": see that this is the port of the receivers' --remote-write.address, since at"
                                + " --http-address they answer 404 to writes");
    }

    String yaml(ConfigDraft draft) {
        StringBuilder text = new StringBuilder("receivers:\n");
        if (!hasRing()) {
            text.append("  dns: ").append(Texts.value(backend().host())).append('\n');
        } else {
            text.append("  hashrings_file: ").append(layout.rings());
            text.append("\n  algorithm: ketama  # as the receivers' --receive.hashrings-algorithm");
            text.append("\n  replication_factor: ")
                    .append(rings == null ? HashringsInput.USUAL_REPLICAS : rings.replicationFactor())
                    .append(
                            ofServices
                                    ? "  # of a ring that is a Service, whose receivers replicate\n"
                                    : "  # as the receivers' --receive.replication-factor\n");
        }
        String header = draft.tenantTerms().header();
        if (!header.equalsIgnoreCase(ReceiversConfig.DEFAULT_TENANT_HEADER)) {
            text.append("  tenant_header: ").append(Texts.value(header)).append('\n');
        }
        if (layout == Layout.PODS) {
            text.append("  version: v0.37.2\n");
            text.append("  default_tenant_folder: true  # made before each start of a receiver\n");
        }
        text.append("  write:\n    port: ").append(port()).append('\n');
        if (isPrometheus()) {
            text.append("    path: ").append(backend().kind().path()).append('\n');
        }
        if (draft.hasBackendTls()) {
            text.append("    scheme: https\n");
            tls(text, draft);
        }
        if (isPrometheus()) {
            text.append("  health:\n    port: ").append(port()).append('\n');
            text.append(draft.hasBackendTls() ? "    scheme: https\n" : "").append("    path: /-/ready\n");
        }
        return text.toString();
    }

    private static void tls(StringBuilder text, ConfigDraft draft) {
        if (draft.backendAuthority().isEmpty() && draft.backendName().isEmpty()) {
            return;
        }
        text.append("    tls:\n");
        if (!draft.backendAuthority().isEmpty()) {
            text.append("      ca_file: ")
                    .append(Texts.value(draft.layout().authority(draft.backendAuthority())))
                    .append('\n');
        }
        if (!draft.backendName().isEmpty()) {
            text.append("      server_name: ")
                    .append(Texts.value(draft.backendName()))
                    .append('\n');
        }
    }
}

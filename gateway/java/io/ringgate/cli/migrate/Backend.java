package io.ringgate.cli.migrate;

import io.ringgate.config.HostPort;
import java.util.Locale;
import java.util.Set;

/**
 * The backend of a route: the Service that the gateway sends writes to.
 *
 * @param written as the Ingress names it
 * @param host its name in the cluster, or a guess
 * @param guessed true where the file does not name Service and namespace
 */
record Backend(Ingress.ServiceRef written, String host, int port, Kind kind, boolean guessed) {

    /** What answers there. */
    enum Kind {
        THANOS(GatewayText.WRITE, "/api/v1/receive"),
        PROMETHEUS(9090, "/api/v1/write");

        private final int port;
        private final String path;

        Kind(int port, String path) {
            this.port = port;
            this.path = path;
        }

        /** Where it takes writes. */
        String path() {
            return path;
        }

        private static Kind of(Ingress.Route route) {
            String name = route.backend().service().toLowerCase(Locale.ROOT);
            String port = route.backend().port();
            if (name.contains("receive") || name.contains("thanos") || BackendRole.WRITE_PORTS.contains(port)) {
                return THANOS;
            }
            boolean called = name.contains("prometheus");
            boolean looks = PROMETHEUS_PORTS.contains(port) && route.path().startsWith(PROMETHEUS.path);
            return called || looks ? PROMETHEUS : THANOS;
        }
    }

    private static final Set<String> PROMETHEUS_PORTS = Set.of("9090", "web", "http-web");

    /** Of receivers, for gRPC and for metrics. */
    private static final Set<String> NO_WRITES = Set.of("10901", "10902");

    private static final String OF_A_CHART = "thanos-";
    private static final String NO_NAMESPACE = "default";

    static Backend of(Ingress.Route route, String namespace) {
        Ingress.ServiceRef written = route.backend();
        Kind kind = Kind.of(route);
        String inNamespace = "." + (namespace.isEmpty() ? NO_NAMESPACE : namespace) + ".svc.cluster.local";
        String host = service(written, kind) + inNamespace;
        boolean exact = HostPort.isHost(host);
        return new Backend(
                written,
                exact ? host : "thanos-receiver." + NO_NAMESPACE + ".svc.cluster.local",
                port(written.port(), kind),
                kind,
                namespace.isEmpty() || !exact);
    }

    /** A chart's values do not name it, the chart does. */
    private static String service(Ingress.ServiceRef written, Kind kind) {
        if (written.named()) {
            return written.service();
        }
        return kind == Kind.PROMETHEUS
                ? "prometheus-operated"
                : OF_A_CHART + (written.service().isEmpty() ? "receive" : written.service());
    }

    /** Names are of the Service, which is not known. */
    private static int port(String written, Kind kind) {
        boolean number = written.matches("[1-9][0-9]{0,4}") && Integer.parseInt(written) <= 65_535;
        return !number || (kind == Kind.THANOS && NO_WRITES.contains(written)) ? kind.port : Integer.parseInt(written);
    }

    String address() {
        return host + ":" + port;
    }

    boolean isSame(Backend other) {
        return address().equals(other.address());
    }

    /** This one, or the other of the same address where only that says its port by number. */
    Backend or(Backend other) {
        return !isExact() && other.isExact() ? other : this;
    }

    /** True where the Ingress names this very port. */
    boolean isExact() {
        return written.port().equals(Integer.toString(port));
    }
}

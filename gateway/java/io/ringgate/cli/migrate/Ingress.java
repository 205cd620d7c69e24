package io.ringgate.cli.migrate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An Ingress as it was found, as an object of a cluster or as a section of a chart's values.
 *
 * @param title how the report calls it
 * @param name of a chart's section the keys that lead to it
 * @param namespace empty where nothing says it
 * @param enabled false for a section that is switched off
 * @param remarks what else stands in it
 */
record Ingress(
        String title,
        String name,
        String namespace,
        String className,
        Map<String, String> annotations,
        List<Route> routes,
        List<Tls> tls,
        boolean enabled,
        List<ReportLine> remarks) {

    static final String NGINX = "nginx.ingress.kubernetes.io/";

    /** Where requests of one host and path go; host and path are empty for any. */
    record Route(String host, String path, ServiceRef backend, BackendRole role) {

        Route(String host, String path, ServiceRef backend) {
            this(host, path, backend, BackendRole.of(host, path, backend));
        }

        String hostOrAny() {
            return host.isEmpty() ? "any host" : host;
        }

        String pathOrRoot() {
            return path.isEmpty() ? "/" : path;
        }

        @Override
        public String toString() {
            return hostOrAny() + " " + pathOrRoot() + " to " + backend;
        }
    }

    /**
     * A Service.
     *
     * @param service of a chart's section the keys that lead to it: the chart names the Service, the values do not
     * @param port a number, a name, or empty
     */
    record ServiceRef(String service, String port, boolean named) {

        @Override
        public String toString() {
            return (service.isEmpty() ? "?" : service) + (port.isEmpty() ? "" : ":" + port);
        }
    }

    /** A certificate; no name stands for the controller's own. */
    record Tls(String secretName, List<String> hosts) {}

    /** The one that takes writes, if any route does, else the first route's. */
    BackendRole role() {
        List<BackendRole> roles = routes.stream().map(Route::role).toList();
        return roles.contains(BackendRole.WRITE)
                ? BackendRole.WRITE
                : roles.isEmpty() ? BackendRole.OTHER : roles.getFirst();
    }

    /** The same with other roles. */
    Ingress with(Function<Route, BackendRole> roles) {
        return new Ingress(
                title,
                name,
                namespace,
                className,
                annotations,
                routes.stream()
                        .map(route -> new Route(route.host(), route.path(), route.backend(), roles.apply(route)))
                        .toList(),
                tls,
                enabled,
                remarks);
    }

    /** As {@code --ingress} names it. */
    String id() {
        return ReportText.of(namespace.isEmpty() || isSection() ? name : namespace + "/" + name);
    }

    private boolean isSection() {
        return !routes.isEmpty() && !routes.getFirst().backend().named();
    }

    /** True for its name, with or without the namespace, and for what the report or kubectl calls it. */
    boolean isCalled(String written) {
        boolean ofAnyNamespace = namespace.isEmpty() && !isSection() && written.endsWith("/" + name);
        return ofAnyNamespace
                || List.of(
                                name,
                                namespace + "/" + name,
                                id(),
                                title,
                                title.replaceFirst(" \\([^()]*\\)$", ""),
                                "ingress/" + name,
                                "ingress.networking.k8s.io/" + name)
                        .contains(written.strip());
    }

    /** The Secret with its users; null where it asks for no password. */
    @Nullable
    SecretName users() {
        String written = nginx("auth-secret");
        return written.isEmpty() ? null : SecretName.of(written, namespace);
    }

    /** The value of one of nginx's annotations, stripped; empty where it is not there. */
    String nginx(String name) {
        return Objects.requireNonNullElse(annotations.get(NGINX + name), "").strip();
    }
}

package io.ringgate.cli.migrate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the Ingresses that take writes ask of the new configuration: what is of the gateway together, and the terms of each
 * by themselves. One thread.
 */
final class Draft {

    /** Who vouches for clients. */
    record ClientAuthority(String secret, boolean required) {}

    private final Layout layout;
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> certificates = new LinkedHashSet<>();
    private final Map<Ingress, Terms> terms = new LinkedHashMap<>();
    private final Map<Ingress, ClientAuthority> authorities = new LinkedHashMap<>();
    private boolean anyHost;
    private boolean tls;
    private boolean redirect;
    private @Nullable Backend backend;
    private boolean backendTls;
    private String backendAuthority = "";
    private String backendName = "";

    Draft(Layout layout) {
        this.layout = layout;
    }

    Layout layout() {
        return layout;
    }

    /** Empty: any. */
    void host(String host) {
        if (host.isEmpty()) {
            anyHost = true;
        } else {
            hosts.add(host);
        }
    }

    /** None where some route takes any. */
    Set<String> hosts() {
        return anyHost ? Set.of() : hosts;
    }

    /** The name of the Secret with certificate and key. */
    void certificate(String secret) {
        tls = true;
        certificates.add(secret);
    }

    Set<String> certificates() {
        return certificates.isEmpty() ? Set.of(TlsFiles.OWN) : certificates;
    }

    /** True when clients reach it by https today. */
    boolean hasTls() {
        return tls;
    }

    void redirect() {
        redirect = true;
    }

    boolean redirects() {
        return redirect;
    }

    /** One that takes writes, also when it asks for nothing. */
    void add(Ingress ingress) {
        terms.putIfAbsent(ingress, Terms.NONE);
    }

    Set<Ingress> ingresses() {
        return terms.keySet();
    }

    void terms(Ingress ingress, UnaryOperator<Terms> more) {
        terms.put(ingress, more.apply(terms(ingress)));
    }

    Terms terms(Ingress ingress) {
        return terms.getOrDefault(ingress, Terms.NONE);
    }

    void clients(Ingress ingress, ClientAuthority authority) {
        add(ingress);
        authorities.put(ingress, authority);
    }

    /** The first one; required where every Ingress requires a certificate. */
    @Nullable
    ClientAuthority clients() {
        return authorities.isEmpty()
                ? null
                : new ClientAuthority(
                        authorities.values().iterator().next().secret(),
                        authorities.keySet().containsAll(ingresses())
                                && authorities.values().stream().allMatch(ClientAuthority::required));
    }

    /** The Secrets with who vouches for clients, the first one also. */
    List<String> authorities() {
        return authorities.values().stream()
                .map(ClientAuthority::secret)
                .distinct()
                .toList();
    }

    /** True when it is the first, which counts, or the same again, if by the name of its port. */
    boolean backend(Ingress.Route route, String namespace) {
        Backend asked = Backend.of(route, namespace);
        backend = backend == null ? asked : backend.or(asked);
        return backend.isSame(asked);
    }

    /** Where writes go on to; null before any route was seen. */
    @Nullable
    Backend backend() {
        return backend;
    }

    void backendTls() {
        backendTls = true;
    }

    boolean hasBackendTls() {
        return backendTls;
    }

    /** The Secret with who vouches for the receivers' certificates. */
    void backendAuthority(String secret) {
        backendAuthority = secret;
    }

    String backendAuthority() {
        return backendAuthority;
    }

    void backendName(String name) {
        backendName = name;
    }

    String backendName() {
        return backendName;
    }
}

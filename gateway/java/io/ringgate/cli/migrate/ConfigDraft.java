package io.ringgate.cli.migrate;

import java.util.ArrayList;
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
final class ConfigDraft {

    /** Who vouches for clients. */
    record ClientAuthority(String secret, boolean required) {}

    private final Layout layout;
    private final TenantOptions tenantTerms;
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> certificates = new LinkedHashSet<>();
    private final Map<Ingress, IngressLimits> terms = new LinkedHashMap<>();
    private final Map<Ingress, ClientAuthority> authorities = new LinkedHashMap<>();
    private final Map<Ingress, TenantChoice> tenants = new LinkedHashMap<>();
    private final Map<Ingress, Set<Backend>> backends = new LinkedHashMap<>();
    private boolean anyHost;
    private boolean tls;
    private boolean redirect;
    private final Set<Ingress> backendTls = new LinkedHashSet<>();
    private String backendAuthority = "";
    private String backendName = "";

    ConfigDraft(Layout layout) {
        this(layout, TenantOptions.NONE);
    }

    ConfigDraft(Layout layout, TenantOptions tenantTerms) {
        this.layout = layout;
        this.tenantTerms = tenantTerms;
    }

    Layout layout() {
        return layout;
    }

    TenantOptions tenantTerms() {
        return tenantTerms;
    }

    void tenant(Ingress ingress, TenantChoice choice) {
        tenants.put(ingress, choice);
    }

    /** Null where the Ingress says none. */
    @Nullable
    TenantChoice tenant(Ingress ingress) {
        return tenants.get(ingress);
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
        terms.putIfAbsent(ingress, IngressLimits.NONE);
    }

    Set<Ingress> ingresses() {
        return terms.keySet();
    }

    void terms(Ingress ingress, UnaryOperator<IngressLimits> more) {
        terms.put(ingress, more.apply(terms(ingress)));
    }

    IngressLimits terms(Ingress ingress) {
        return terms.getOrDefault(ingress, IngressLimits.NONE);
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

    void backend(Ingress ingress, Ingress.Route route) {
        backends.computeIfAbsent(ingress, each -> new LinkedHashSet<>()).add(Backend.of(route, ingress.namespace()));
    }

    /** Where writes go on to, each once; by the number of its port, if some route says it. */
    List<Backend> backends() {
        List<Backend> all = new ArrayList<>();
        for (Backend asked : backends.values().stream().flatMap(Set::stream).toList()) {
            int same = 0;
            while (same < all.size() && !all.get(same).isSame(asked)) {
                same++;
            }
            if (same == all.size()) {
                all.add(asked);
            } else {
                all.set(same, all.get(same).or(asked));
            }
        }
        return all;
    }

    /** The Ingresses with a route to it. */
    List<Ingress> leadingTo(Backend backend) {
        return backends.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(backend::isSame))
                .map(Map.Entry::getKey)
                .toList();
    }

    void backendTls(Ingress ingress) {
        backendTls.add(ingress);
    }

    boolean hasBackendTls() {
        return !backendTls.isEmpty();
    }

    /** True where some Ingresses ask their backend by TLS and others do not. */
    boolean differsInBackendTls() {
        return hasBackendTls() && !backendTls.containsAll(ingresses());
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

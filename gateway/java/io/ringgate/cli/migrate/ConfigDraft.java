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
 * What the Ingresses that take writes ask of the new configuration: what is of the gateway together, and what each asks by
 * itself. One thread.
 */
final class ConfigDraft {

    /** Who vouches for clients. */
    record ClientAuthority(String secret, boolean required) {}

    private final FileLayout layout;
    private final TenantOptions tenantOptions;
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> certificates = new LinkedHashSet<>();
    private final Map<Ingress, IngressLimits> limits = new LinkedHashMap<>();
    private final Map<Ingress, ClientAuthority> authorities = new LinkedHashMap<>();
    private final Map<Ingress, UnaryOperator<String>> tenants = new LinkedHashMap<>();
    private final Map<Ingress, Set<Backend>> backends = new LinkedHashMap<>();
    private final Set<Ingress> backendTls = new LinkedHashSet<>();
    private String backendAuthority = "";
    private String backendName = "";
    private boolean anyHost;
    private boolean redirects;

    ConfigDraft(FileLayout layout, TenantOptions tenantOptions) {
        this.layout = layout;
        this.tenantOptions = tenantOptions;
    }

    FileLayout layout() {
        return layout;
    }

    TenantOptions tenantOptions() {
        return tenantOptions;
    }

    /** One that takes writes, also when it asks for nothing. */
    void add(Ingress ingress) {
        limits.putIfAbsent(ingress, IngressLimits.NONE);
    }

    Set<Ingress> ingresses() {
        return limits.keySet();
    }

    /** The tenant of a user, by the header that the Ingress sets. */
    void tenant(Ingress ingress, UnaryOperator<String> ofUser) {
        tenants.put(ingress, ofUser);
    }

    boolean namesTenant(Ingress ingress) {
        return tenants.containsKey(ingress);
    }

    /** The tenant that a user has by this Ingress; it may be no valid one. */
    String tenant(Ingress ingress, String user) {
        return tenants.getOrDefault(ingress, any -> tenantOptions.usual().value())
                .apply(user);
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
        certificates.add(secret);
    }

    Set<String> certificates() {
        return hasTls() ? certificates : Set.of(FileLayout.OWN);
    }

    /** True when clients reach it by https today. */
    boolean hasTls() {
        return !certificates.isEmpty();
    }

    /** There will be a listener that redirects to https; returns what the report says of it. */
    String redirect() {
        redirects = true;
        return layout.redirect();
    }

    boolean redirects() {
        return redirects;
    }

    void limits(Ingress ingress, UnaryOperator<IngressLimits> change) {
        limits.put(ingress, change.apply(limits(ingress)));
    }

    IngressLimits limits(Ingress ingress) {
        return limits.getOrDefault(ingress, IngressLimits.NONE);
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
                        authorities().getFirst(),
                        authorities.keySet().containsAll(ingresses())
                                && authorities.values().stream().allMatch(ClientAuthority::required));
    }

    /** False where some Ingress takes writes without one. */
    boolean requiresCertificates() {
        ClientAuthority clients = clients();
        return clients == null || clients.required();
    }

    /** The Secrets with the authorities of client certificates. */
    List<String> authorities() {
        return authorities.values().stream()
                .map(ClientAuthority::secret)
                .distinct()
                .toList();
    }

    void backend(Ingress ingress, Ingress.Route route) {
        backends.computeIfAbsent(ingress, each -> new LinkedHashSet<>()).add(Backend.of(route, ingress.namespace()));
    }

    /** The backends of writes, each once; with the number of its port, if a route gives it. */
    List<Backend> backends() {
        Map<String, Backend> all = new LinkedHashMap<>();
        backends.values().forEach(each -> each.forEach(backend -> all.merge(backend.address(), backend, Backend::or)));
        return new ArrayList<>(all.values());
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

    /** The Secret with the authorities of the receivers' certificates. */
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

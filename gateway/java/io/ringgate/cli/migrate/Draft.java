package io.ringgate.cli.migrate;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the Ingresses that take writes ask of the new configuration. Where several ask for different things, the wider one
 * holds: nobody who writes today shall be kept out. One thread.
 */
final class Draft {

    /** A rate with its burst, in requests. */
    record Rate(long rate, long burst) {}

    /** Who vouches for clients. */
    record ClientAuthority(String secret, boolean required) {}

    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> certificates = new LinkedHashSet<>();
    private final Set<String> sources = new TreeSet<>();
    private boolean anyHost;
    private boolean tls;
    private boolean redirect;
    private @Nullable Rate requests;
    private @Nullable Long connections;
    private @Nullable Long packed;
    private @Nullable ClientAuthority clients;
    private Ingress.@Nullable Backend backend;
    private String backendNamespace = "";
    private boolean backendTls;
    private String backendAuthority = "";
    private String backendName = "";

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

    void requests(Rate asked) {
        requests = requests == null || requests.rate() < asked.rate() ? asked : requests;
    }

    @Nullable
    Rate requests() {
        return requests;
    }

    void connections(long most) {
        connections = connections == null ? most : Long.max(connections, most);
    }

    @Nullable
    Long connections() {
        return connections;
    }

    void packed(long bytes) {
        packed = packed == null ? bytes : Long.max(packed, bytes);
    }

    @Nullable
    Long packed() {
        return packed;
    }

    void source(String network) {
        sources.add(network);
    }

    Set<String> sources() {
        return sources;
    }

    void clients(ClientAuthority authority) {
        clients = clients == null
                ? authority
                : new ClientAuthority(clients.secret(), clients.required() && authority.required());
    }

    @Nullable
    ClientAuthority clients() {
        return clients;
    }

    /** True when it is the first, which counts, or the same again. */
    boolean backend(Ingress.Backend service, String namespace) {
        if (backend == null) {
            backend = service;
            backendNamespace = namespace;
        }
        return service.equals(backend) && namespace.equals(backendNamespace);
    }

    Ingress.@Nullable Backend backend() {
        return backend;
    }

    String backendNamespace() {
        return backendNamespace;
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

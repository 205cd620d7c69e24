package io.ringgate.config.yaml;

/** Every key an operator can write, with another value than its default. Keys that exclude each other are in two. */
final class FullConfig {

    static final String SETTINGS = """
            listeners:
              - address: 127.0.0.2:19391
                host_names: [receive.example, "[fd00::8]"]
                proxy_protocol: true
                tls:
                  certificates:
                    - cert_file: a.pem
                      key_file: a-key.pem
                    - cert_file: /elsewhere/b.pem
                      key_file: keys/b-key.pem
                  min_version: "1.3"
                  client_auth: require
                  client_ca_file: clients.pem
                  crl_file: revoked.crl
              - address: "[::1]:0"
                unsafe_plaintext: true
                forwarded_for: true
              - {address: "127.0.0.3:80", redirect_to_https: true, redirect_port: 443}
            trusted_proxies: [10.9.0.0/16, "fd00:9::/32"]
            admin:
              address: "[::1]:19392"
              tls: {certificates: [{cert_file: admin.pem, key_file: admin-key.pem}], min_version: "1.3"}
              htpasswd_file: operators
              host_names: [ops.example, "[fd00::7]"]
            access_log: {file: access.jsonl, sample: 10, slow: 2s}
            memory_budget: 1GiB
            body: {max_packed: 1MiB, max_unpacked: 2MiB, min_rate: 1KiB, min_rate_after: 6s}
            timeouts:
              tls_handshake: 11s
              authenticate: 13s
              request_headers: 12s
              idle: 1m
              write_deadline: 20s
              admission_wait: 4s
              attempt: 9s
              connect: 1500ms
            drain: {keep_serving: 5s, finish: 6s}
            connections: {max: 900, max_per_source: 90, max_per_edge: 60, retire_after: 3m}
            max_concurrent_writes: 100
            auth_cpu_share: 150%
            label_names: legacy
            stamp: {tenant_label: tenant_id, edge_label: edge}
            receivers:
              mode: forward
              addresses: [receiver-0, "10.0.0.7:1234", "[fd00::7]"]
              tenant_header: X-Scope-OrgID
              on_limit: drop
              stored: [200, 202, 204]
              doubt: 5m
              version: v0.37.2
              default_tenant_folder: true
              write:
                scheme: https
                port: 9090
                path: /api/v1/write
                tls: {ca_file: ca.pem, server_name: receivers.example}
              health: {scheme: https, port: 9902, path: /ready}
            files: {edges: edges.yaml, htpasswd: passwords, limits: policies}
            undecided: []
            """;

    static final String DNS = """
            listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
            admin: {unsafe_plaintext: true}
            receivers: {dns: receivers.example, dns_refresh: 1m30s}
            """;

    static final String HASHRINGS = """
            listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
            receivers: {hashrings_file: r.json, algorithm: ketama, replication_factor: 2}
            """;

    static final String EDGES = """
            introspection:
              url: http://idp.example/introspect
              client_id: ringgate
              client_secret_file: introspection-secret
              unsafe_plaintext: true
              timeout: 3s
              max_concurrent: 8
              cache: 30s
              issuer: https://idp.example/realms/edges
              audiences: [ringgate]
            max_dynamic_tenants: 50
            removed: [cluster-01-edge]
            issuers:
              - name: keycloak
                issuer: https://idp.example/realms/edges
                audiences: [ringgate, gateways]
                algorithms: [ES384, EdDSA]
                types: [application/at+jwt, absent]
                skew: 10s
                max_token: 4KiB
                discovery: true
                ca_file: idp-ca.pem
                refresh: 1m
                stale: 2h
                edge_template: {edge: "{claim:azp}", tenant: "t-{claim:/org/name}", allow: "[a-z-]+", configured_tenants: allow}
              - name: other
                issuer: other.example
                audiences: [ringgate]
                jwks_url: http://127.0.0.1:8080/keys?v=1
                unsafe_plaintext: true
              - {name: third, issuer: third, audiences: [ringgate], jwks_file: keys.json}
            edges:
              - name: cluster-02-edge
                tenant: default-tenant
                labels: {region: seoul}
                on_conflict: {region: keep}
                allowed_sources: [10.2.0.0/16, "fd00:2::/64"]
                credentials:
                  - {basic: {user: two}, not_after: 2027-01-31T01:00:00+01:00, note: since May}
                  - basic: {user: three, hash: ssssssssssssssssssssss.hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh}
                  - jwt: {issuer: keycloak, claims: {azp: cluster-02-edge, /org/name: acme}}
                  - {oauth2: {claims: {client_id: two, /resource/name: edges}}}
                enabled: false
              - name: cluster-03-edge
                tenant: default-tenant
                credentials:
                  - certificate: {dns: Edge.example.com}
                  - certificate: {uri: "spiffe://example.org/edge/03"}
                  - certificate: {email: edge@example.com}
                  - certificate: {subject_cn: edge 03}
                  - certificate: {subject_o: Example}
                  - certificate: {sha256: "AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA"}
            """;

    /** Keys of the edges that exclude others. */
    static final String TLS_INTROSPECTION = """
            introspection:
              url: https://idp.example/introspect
              client_id: ringgate
              client_secret_file: introspection-secret
              ca_file: idp-ca.pem
            edges: [{name: a, tenant: t, credentials: [{oauth2: {claims: {client_id: a}}}]}]
            """;

    /** A policy file. */
    static final String POLICY = """
            requests_per_second: {rate: 10, burst: 70, on_limit: drop}
            samples_per_second: {rate: 5000, burst: 40000, on_limit: delay}
            bytes_per_second: {rate: 1MiB, burst: 20MiB, on_limit: drop}
            on_limit: drop
            max_body: {packed: 3MiB, unpacked: 4MiB}
            max_concurrent_writes: 101
            max_connections: 102
            max_series_per_write: 103
            max_samples_per_write: 104
            max_labels_per_series: 105
            max_label_name_length: 106
            max_label_value_length: 1KiB
            max_exemplars_per_series: 107
            max_exemplars_per_write: 108
            max_metadata_per_write: 109
            max_histogram_buckets: 110
            max_histogram_spans: 1000
            max_decoded: 64MiB
            max_sample_age: 2h
            max_sample_future: 3m
            observe: true
            delay_status: 429
            weight: 200
            per_edge: {%1$s}
            edges: {cluster-02-edge: {%1$s}}
            """.formatted("""
            requests_per_second: {rate: 11, burst: 71, on_limit: drop}, \
            samples_per_second: {rate: 5001, burst: 40001, on_limit: drop}, \
            bytes_per_second: {rate: 1025KiB, burst: 21MiB, on_limit: drop}, \
            on_limit: delay, max_body: {packed: 5MiB, unpacked: 6MiB}, \
            max_concurrent_writes: 111, max_connections: 112, max_series_per_write: 113, max_samples_per_write: 114, \
            max_labels_per_series: 115, max_label_name_length: 116, max_label_value_length: 117, \
            max_exemplars_per_series: 118, max_exemplars_per_write: 119, max_metadata_per_write: 120, \
            max_histogram_buckets: 121, max_histogram_spans: 122, max_decoded: 65MiB, \
            max_sample_age: 3h, max_sample_future: 4m, observe: true, delay_status: 429, weight: 300""");

    /** The limits file of Thanos. */
    static final String THANOS = """
            write:
              global:
                max_concurrency: 60
                meta_monitoring_url: http://monitoring.example
                meta_monitoring_http_client: {}
                meta_monitoring_limit_query: sum(prometheus_tsdb_head_series) by (tenant)
              default:
                request: {size_bytes_limit: 2000, series_limit: 30, samples_limit: 40}
                head_series_limit: 0
              tenants:
                default-tenant:
                  request: {size_bytes_limit: 0, series_limit: -1, samples_limit: 400}
                  head_series_limit: 0
            """;

    /** Where the limits lie otherwise. */
    static final String THANOS_SETTINGS = """
            listeners: [{address: "127.0.0.1:0", unsafe_plaintext: true}]
            receivers: {addresses: [receiver-0]}
            files: {thanos_limits: thanos.yaml}
            """;

    private FullConfig() {}
}

package io.ringgate.cli.migrate;

import java.util.Set;

/** What {@code ringgate.yaml} says. */
record GatewayText(ConfigDraft draft, ImportedReceivers receivers, OpenQuestions questions) {

    static final String FILE = "ringgate.yaml";

    /** The label that names the edge cluster, as agents set it themselves. */
    static final String EDGE_LABEL = "cluster";

    /** Where agents write to a virtual address, and where receivers take writes. */
    static final int WRITE = 19291;

    /** Where a listener of an Ingress is. */
    private static final int HTTPS = 443;

    private static final int HTTP = 80;

    private static final String HEAD = """
            # Made of an Ingress by `ringgate import ingress`; report.md says what became of each of its annotations.
            # `ringgate check --config FILE` says what is still missing.
            """;

    private static final String STAMP = """

            # Series stay those of today, so that old and new ones meet: the tenant is told to receivers only, and
            # edges.yaml keeps what a sender says of cluster.
            stamp:
              tenant_label: ""
              edge_label: cluster

            """;

    private static final String POD_HEAD = """
            # Made of an Ingress by `ringgate import ingress --kubernetes`, for the pods of k8s/base; report.md says what became
            # of each of its annotations.
            """;

    /** One listener behind 19291 and 443, and files as they are mounted. */
    private static final String POD_LISTENER = """
            listeners:
              - address: 0.0.0.0:19291               # the Service's 19291 and 443
                tls:
                  certificates:
                    - cert_file: /etc/ringgate-tls/vip/tls.crt    # URLs by address
                      key_file: /etc/ringgate-tls/vip/tls.key
                    - cert_file: /etc/ringgate-tls/names/tls.crt  # URLs by name
                      key_file: /etc/ringgate-tls/names/tls.key
            """;

    private static final String POD_ADMIN = """
              - address: 0.0.0.0:8080                # no way leads here without components/http-redirect
                redirect_to_https: true
                redirect_port: 443

            admin:
              address: 0.0.0.0:19292
              htpasswd_file: /etc/ringgate-operators/auth
              host_names: [ringgate-admin]           # beside localhost, as a port-forward has it
              tls:
                certificates:
                  - cert_file: /etc/ringgate-tls/admin/tls.crt
                    key_file: /etc/ringgate-tls/admin/tls.key
            """;

    private static final String POD_FILES = """

            files:
              edges: edges.yaml
              htpasswd: /etc/ringgate-auth/auth
              limits: /etc/ringgate-limits
            """;

    String yaml() {
        return draft.layout() == FileLayout.PODS ? ofPods() : ofFolder();
    }

    private String ofFolder() {
        YamlText yaml = new YamlText().lines(HEAD).lines(questions.yaml()).lines("\n");
        yaml.section("listeners", listeners -> {
            if (draft.hasTls()) {
                listener(listeners, HTTPS, "the port of the Ingress", draft.hosts());
            }
            listener(listeners, WRITE, "the port of a virtual address, under any name", Set.of());
            if (draft.redirects()) {
                listeners.item(http -> http.put("address", "0.0.0.0:" + HTTP)
                        .putList("host_names", draft.hosts())
                        .put("redirect_to_https", true)
                        .put("redirect_port", draft.hasTls() ? HTTPS : WRITE));
            }
        });
        receivers.writeTo(yaml.lines(STAMP), draft);
        return yaml.toString();
    }

    private void listener(YamlText listeners, int port, String comment, Set<String> hosts) {
        listeners.item(listener -> listener.put("address", "0.0.0.0:" + port + "  # " + comment)
                .putList("host_names", hosts)
                .section("tls", tls -> {
                    tls.section(
                            "certificates",
                            certificates -> draft.certificates()
                                    .forEach(secret -> certificates.item(one -> one.putText(
                                                    "cert_file", draft.layout().certificate(secret))
                                            .putText("key_file", draft.layout().key(secret)))));
                    clients(tls);
                }));
    }

    /** Which certificates a listener asks for. */
    private void clients(YamlText tls) {
        ConfigDraft.ClientAuthority clients = draft.clients();
        if (clients != null) {
            tls.put("client_auth", clients.required() ? "require" : "request");
            tls.putText("client_ca_file", draft.layout().authority(clients.secret()));
        }
    }

    private String ofPods() {
        String undecided = questions.yaml();
        YamlText tls = new YamlText("      ");
        clients(tls);
        YamlText yaml = new YamlText()
                .lines(POD_HEAD)
                .lines(undecided)
                .lines(undecided.isEmpty() ? "" : "\n")
                .lines(POD_LISTENER)
                .lines(tls.toString())
                .lines(POD_ADMIN)
                .lines(STAMP);
        receivers.writeTo(yaml, draft);
        return yaml.lines(POD_FILES).toString();
    }
}

package io.ringgate.cli.migrate;

/** What {@code ringgate.yaml} says in the pods of k8s/base: one listener behind 19291 and 443, and files as they are mounted. */
record PodGatewayText(ConfigDraft draft, Receivers receivers, OpenQuestions undecided) {

    private static final String HEAD = """
            # Made of an Ingress by `ringgate import ingress --kubernetes`, for the pods of k8s/base; report.md says what became
            # of each of its annotations.
            """;

    private static final String LISTENER = """
            listeners:
              - address: 0.0.0.0:19291               # the Service's 19291 and 443
                tls:
                  certificates:
                    - cert_file: /etc/ringgate-tls/vip/tls.crt    # URLs by address
                      key_file: /etc/ringgate-tls/vip/tls.key
                    - cert_file: /etc/ringgate-tls/names/tls.crt  # URLs by name
                      key_file: /etc/ringgate-tls/names/tls.key
            """;

    private static final String REST = """
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

    private static final String FILES = """

            files:
              edges: edges.yaml
              htpasswd: /etc/ringgate-auth/auth
              limits: /etc/ringgate-limits
            """;

    String yaml() {
        String questions = undecided.yaml();
        return HEAD
                + questions
                + (questions.isEmpty() ? "" : "\n")
                + LISTENER
                + GatewayText.clients(draft)
                + REST
                + GatewayText.STAMP
                + receivers.yaml(draft)
                + FILES;
    }
}

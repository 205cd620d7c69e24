package io.ringgate.cli.migrate;

import java.util.Set;

/** What {@code ringgate.yaml} says. */
record GatewayText(ConfigDraft draft, Receivers receivers, OpenQuestions undecided) {

    static final String FILE = "ringgate.yaml";

    /** The label that names the edge cluster, as agents set it themselves. */
    static final String EDGE_LABEL = "cluster";

    /** Where a listener of an Ingress is, and where agents write to a virtual address. */
    static final int HTTPS = 443;

    static final int WRITE = 19291;
    static final int HTTP = 80;

    private static final String HEAD = """
            # Made of an Ingress by `ringgate import ingress`; report.md says what became of each of its annotations.
            # `ringgate check --config FILE` says what is still missing.
            """;

    static final String STAMP = """

            # Series stay those of today, so that old and new ones meet: the tenant is told to receivers only, and
            # edges.yaml keeps what a sender says of cluster.
            stamp:
              tenant_label: ""
              edge_label: cluster

            """;

    String yaml() {
        StringBuilder text = new StringBuilder(HEAD).append(undecided.yaml()).append("\nlisteners:\n");
        if (draft.hasTls()) {
            listener(text, HTTPS, "the port of the Ingress", draft.hosts());
        }
        listener(text, WRITE, "the port of a virtual address, under any name", Set.of());
        if (draft.redirects()) {
            text.append("  - address: 0.0.0.0:").append(HTTP).append('\n');
            hosts(text, draft.hosts());
            text.append("    redirect_to_https: true\n");
            text.append("    redirect_port: ")
                    .append(draft.hasTls() ? HTTPS : WRITE)
                    .append('\n');
        }
        return text.append(STAMP).append(receivers.yaml(draft)).toString();
    }

    private void listener(StringBuilder text, int port, String comment, Set<String> hosts) {
        text.append("  - address: 0.0.0.0:")
                .append(port)
                .append("  # ")
                .append(comment)
                .append('\n');
        hosts(text, hosts);
        text.append("    tls:\n      certificates:\n");
        draft.certificates()
                .forEach(secret -> text.append("        - cert_file: ")
                        .append(Texts.value(draft.layout().certificate(secret)))
                        .append("\n          key_file: ")
                        .append(Texts.value(draft.layout().key(secret)))
                        .append('\n'));
        text.append(clients(draft));
    }

    /** Which certificates a listener asks for. */
    static String clients(ConfigDraft draft) {
        ConfigDraft.ClientAuthority clients = draft.clients();
        return clients == null
                ? ""
                : "      client_auth: " + (clients.required() ? "require" : "request") + "\n      client_ca_file: "
                        + Texts.value(draft.layout().authority(clients.secret())) + "\n";
    }

    private static void hosts(StringBuilder text, Set<String> hosts) {
        if (!hosts.isEmpty()) {
            text.append("    host_names: ").append(Texts.list(hosts)).append('\n');
        }
    }
}

package io.ringgate.cli.migrate;

import io.ringgate.config.yaml.SizeKind;

/** What {@code limits/_default.yaml} says; nothing where no limit was carried over. Edges whose limits differ have each their own. */
record PolicyText(EdgeAccess reach) {

    static final String FILE = "limits/_default.yaml";

    String yaml() {
        StringBuilder text = new StringBuilder();
        IngressLimits common = reach.common();
        if (common == null) {
            reach.terms().forEach((edge, terms) -> {
                String limits = body(terms, "    ") + rates(terms, "    ");
                if (!limits.isEmpty()) {
                    text.append(text.isEmpty() ? "edges:\n" : "")
                            .append("  ")
                            .append(Texts.value(edge.value()))
                            .append(":\n")
                            .append(limits);
                }
            });
        } else {
            String rates = rates(common, "  ");
            text.append(body(common, "")).append(rates.isEmpty() ? "" : "per_edge:\n" + rates);
        }
        if (text.isEmpty() && reach.draft().layout() == Layout.PODS) {
            return "# The Ingress had no limit. `per_edge` and `edges` are for those of an edge.\nper_edge: {}\n";
        }
        return text.isEmpty()
                ? ""
                : "# How much each tenant may send, as the Ingress allowed; TENANT.yaml beside it is for one tenant.\n"
                        + text;
    }

    private static String body(IngressLimits terms, String indent) {
        return terms.packed() == null ? "" : indent + "max_body: { packed: " + SizeKind.show(terms.packed()) + " }\n";
    }

    private static String rates(IngressLimits terms, String indent) {
        IngressLimits.Rate requests = terms.requests();
        return (requests == null
                        ? ""
                        : indent + "requests_per_second: { rate: " + requests.rate() + ", burst: " + requests.burst()
                                + " }\n")
                + (terms.connections() == null ? "" : indent + "max_connections: " + terms.connections() + "\n");
    }
}

package io.ringgate.cli.migrate;

import io.ringgate.config.yaml.SizeKind;

/** What {@code limits/_default.yaml} says. Edges whose limits differ have each their own. */
record PolicyText(EdgeAccess access) {

    static final String FILE = "limits/_default.yaml";

    /** Empty where no limit was carried over; pods mount a folder, so there the file is always. */
    String yaml() {
        YamlText yaml = new YamlText();
        IngressLimits common = access.commonLimits();
        if (common == null) {
            yaml.section(
                    "edges",
                    edges -> access.limits()
                            .forEach((edge, limits) -> edges.section(YamlText.quoted(edge.value()), own -> {
                                body(limits, own);
                                rates(limits, own);
                            })));
        } else {
            body(common, yaml);
            yaml.section("per_edge", perEdge -> rates(common, perEdge));
        }
        if (yaml.isEmpty()) {
            return access.draft().layout() == FileLayout.PODS
                    ? "# The Ingress had no limit. `per_edge` and `edges` are for those of an edge.\nper_edge: {}\n"
                    : "";
        }
        return "# How much each tenant may send, as the Ingress allowed; TENANT.yaml beside it is for one tenant.\n"
                + yaml;
    }

    private static void body(IngressLimits limits, YamlText yaml) {
        if (limits.packed() != null) {
            yaml.put("max_body", "{ packed: " + SizeKind.format(limits.packed()) + " }");
        }
    }

    private static void rates(IngressLimits limits, YamlText yaml) {
        IngressLimits.Rate rate = limits.requests();
        if (rate != null) {
            yaml.put("requests_per_second", "{ rate: " + rate.rate() + ", burst: " + rate.burst() + " }");
        }
        if (limits.connections() != null) {
            yaml.put("max_connections", limits.connections());
        }
    }
}

package io.ringgate.cli.migrate;

/** What {@code limits/_default.yaml} says; nothing where no limit was carried over. */
record PolicyText(Draft draft) {

    static final String FILE = "limits/_default.yaml";

    private static final String UNITS = "KMG";

    String yaml() {
        StringBuilder text = new StringBuilder();
        Long packed = draft.packed();
        if (packed != null) {
            text.append("max_body: { packed: ").append(size(packed)).append(" }\n");
        }
        Draft.Rate requests = draft.requests();
        Long connections = draft.connections();
        if (requests != null || connections != null) {
            text.append("per_edge:\n");
        }
        if (requests != null) {
            text.append("  requests_per_second: { rate: ")
                    .append(requests.rate())
                    .append(", burst: ")
                    .append(requests.burst())
                    .append(" }\n");
        }
        if (connections != null) {
            text.append("  max_connections: ").append(connections).append('\n');
        }
        return text.isEmpty()
                ? ""
                : "# How much each tenant may send, as the Ingress allowed; TENANT.yaml beside it is for one tenant.\n"
                        + text;
    }

    /** In the largest unit that is exact. */
    static String size(long bytes) {
        for (int i = UNITS.length(); i > 0; i--) {
            long unit = 1L << (10 * i);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + UNITS.substring(i - 1, i) + "iB";
            }
        }
        return String.valueOf(bytes);
    }
}

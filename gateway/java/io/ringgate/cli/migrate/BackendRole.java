package io.ringgate.cli.migrate;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What stands behind a route, by its port, path and name. */
enum BackendRole {
    WRITE("takes writes"),
    /** By a name that much else may have. It takes writes where nothing is known to. */
    RECEIVES("`receive` is in its name only, while others have the port or the path of receivers; `--ingress` says"
            + " otherwise"),
    /** Others are named as those that take writes. */
    NOT_NAMED("it is none of those that `--ingress` names"),
    FRONTEND("Query Frontend"),
    QUERY("Query"),
    GRAFANA("Grafana"),
    BUCKET("Bucket Web"),
    OTHER("no backend that takes writes");

    /** Where agents write to, in Thanos, Prometheus and Mimir. */
    static final Set<String> WRITE_PATHS = Set.of("/api/v1/receive", "/api/v1/write", "/api/v1/push");

    /** Of receivers. */
    static final Set<String> WRITE_PORTS = Set.of("19291", "10908", "remote-write");

    /** A path as such, or the beginning of a pattern. */
    private static final Pattern WRITES_AT = Pattern.compile("/api/v1/(receive|write|push)([^A-Za-z0-9_-].*)?");

    private static final Pattern RECEIVERS = Pattern.compile("thanos.*receive|receive.*thanos");

    /** Programs that receive something else. */
    private static final Pattern PLAINLY_OTHER =
            Pattern.compile("hook|alert|notif|flux|event|otel|telemetry|otlp|loki|tempo|jaeger|zipkin|mail|smtp|sms");

    private final String title;

    BackendRole(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static BackendRole of(String host, String path, Ingress.ServiceRef backend) {
        if (WRITE_PORTS.contains(backend.port()) || WRITES_AT.matcher(path).matches()) {
            return WRITE;
        }
        BackendRole byName = of(backend.service());
        if (backend.named()) {
            return byName;
        }
        // The keys of a chart's values are its own words, so `receive` says enough there.
        return byName == RECEIVES ? WRITE : byName == OTHER ? of(host) : byName;
    }

    private static BackendRole of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (RECEIVERS.matcher(lower).find()) {
            return WRITE;
        } else if (lower.contains("receive")) {
            return PLAINLY_OTHER.matcher(lower).find() ? OTHER : RECEIVES;
        } else if (lower.contains("frontend")) {
            return FRONTEND;
        } else if (lower.contains("quer")) {
            return QUERY;
        } else if (lower.contains("grafana")) {
            return GRAFANA;
        } else if (lower.contains("bucket")) {
            return BUCKET;
        }
        return OTHER;
    }
}

package io.ringgate.cli.migrate;

import java.util.Locale;
import java.util.Set;

/** What stands behind a route, by its port, path and name. */
enum Role {
    WRITE("takes writes"),
    FRONTEND("Query Frontend"),
    QUERY("Query"),
    GRAFANA("Grafana"),
    BUCKET("Bucket Web"),
    OTHER("no backend that takes writes");

    /** Where agents write to, in Thanos, Prometheus and Mimir. */
    static final Set<String> WRITE_PATHS = Set.of("/api/v1/receive", "/api/v1/write", "/api/v1/push");

    private static final Set<String> WRITE_PORTS = Set.of("19291", "10908", "remote-write");

    private final String title;

    Role(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static Role of(Ingress.Route route) {
        if (WRITE_PORTS.contains(route.backend().port()) || WRITE_PATHS.contains(route.path())) {
            return WRITE;
        }
        Role byName = of(route.backend().service());
        return byName == OTHER && !route.backend().named() ? of(route.host()) : byName;
    }

    private static Role of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("receive")) {
            return WRITE;
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

package io.ringgate.cli.migrate;

import io.ringgate.config.yaml.SizeKind;

/** What the limits of Ingresses may differ in, and how the report tells it. */
enum IngressLimit {
    REQUESTS("limit-rps or limit-rpm", "any rate"),
    CONNECTIONS("limit-connections", "as many connections as `connections.max_per_edge`"),
    PACKED("proxy-body-size", "bodies of " + SizeKind.format(IngressLimits.USUAL_PACKED)),
    SOURCES("whitelist-source-range", "any address");

    private final String annotation;
    private final String unset;

    IngressLimit(String annotation, String unset) {
        this.annotation = annotation;
        this.unset = unset;
    }

    /** The annotation that sets it. */
    String annotation() {
        return annotation;
    }

    /** In words; equal words are equal limits. */
    String of(IngressLimits limits) {
        if (!isSet(limits)) {
            return unset;
        }
        return switch (this) {
            case REQUESTS -> {
                IngressLimits.Rate rate = limits.requests();
                yield rate == null ? unset : rate.rate() + " requests a second, " + rate.burst() + " at once";
            }
            case CONNECTIONS -> limits.connections() + " connections";
            case PACKED -> "bodies of " + SizeKind.format(limits.packedOrUsual());
            case SOURCES -> "addresses in " + String.join(", ", limits.sources());
        };
    }

    boolean isSet(IngressLimits limits) {
        return switch (this) {
            case REQUESTS -> limits.requests() != null;
            case CONNECTIONS -> limits.connections() != null;
            case PACKED -> limits.packed() != null;
            case SOURCES -> !limits.sources().isEmpty();
        };
    }
}

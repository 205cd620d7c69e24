package io.ringgate.cli.migrate;

import io.ringgate.config.yaml.SizeKind;
import java.util.Objects;

/** What terms may differ in, and how the report tells it. */
enum IngressLimit {
    REQUESTS("limit-rps or limit-rpm") {
        @Override
        String of(IngressLimits terms) {
            IngressLimits.Rate rate = terms.requests();
            return rate == null ? "any rate" : rate.rate() + " requests a second, " + rate.burst() + " at once";
        }
    },
    CONNECTIONS("limit-connections") {
        @Override
        String of(IngressLimits terms) {
            return terms.connections() == null
                    ? "as many connections as `connections.max_per_edge`"
                    : terms.connections() + " connections";
        }
    },
    PACKED("proxy-body-size") {
        @Override
        String of(IngressLimits terms) {
            return "bodies of " + SizeKind.show(Objects.requireNonNullElse(terms.packed(), IngressLimits.USUAL_PACKED));
        }
    },
    SOURCES("whitelist-source-range") {
        @Override
        String of(IngressLimits terms) {
            return terms.sources().isEmpty() ? "any address" : "addresses in " + String.join(", ", terms.sources());
        }
    };

    private final String title;

    IngressLimit(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As it stands in terms; equal words are equal limits. */
    abstract String of(IngressLimits terms);

    /** True where an Ingress sets it by itself. */
    boolean isSet(IngressLimits terms) {
        return switch (this) {
            case REQUESTS -> terms.requests() != null;
            case CONNECTIONS -> terms.connections() != null;
            case PACKED -> terms.packed() != null;
            case SOURCES -> !terms.sources().isEmpty();
        };
    }
}

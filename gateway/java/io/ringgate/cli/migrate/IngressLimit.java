package io.ringgate.cli.migrate;

import io.ringgate.config.yaml.SizeKind;
import java.util.function.Function;

/** What the limits of Ingresses may differ in, and how the report tells it. */
enum IngressLimit {
    REQUESTS(
            "limit-rps or limit-rpm",
            "any rate",
            limits -> limits.requests() == null
                    ? ""
                    : limits.requests().rate() + " requests a second, "
                            + limits.requests().burst() + " at once"),
    CONNECTIONS(
            "limit-connections",
            "as many connections as `connections.max_per_edge`",
            limits -> limits.connections() == null ? "" : limits.connections() + " connections"),
    PACKED(
            "proxy-body-size",
            "bodies of " + SizeKind.show(IngressLimits.USUAL_PACKED),
            limits -> limits.packed() == null ? "" : "bodies of " + SizeKind.show(limits.packed())),
    SOURCES(
            "whitelist-source-range",
            "any address",
            limits -> limits.sources().isEmpty() ? "" : "addresses in " + String.join(", ", limits.sources()));

    private final String annotation;
    private final String unset;
    private final Function<IngressLimits, String> words;

    IngressLimit(String annotation, String unset, Function<IngressLimits, String> words) {
        this.annotation = annotation;
        this.unset = unset;
        this.words = words;
    }

    /** The annotation that sets it. */
    String annotation() {
        return annotation;
    }

    /** In words; equal words are equal limits. */
    String of(IngressLimits limits) {
        return isSet(limits) ? words.apply(limits) : unset;
    }

    boolean isSet(IngressLimits limits) {
        return !words.apply(limits).isEmpty();
    }
}

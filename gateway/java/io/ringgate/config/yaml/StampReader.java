package io.ringgate.config.yaml;

import io.ringgate.config.StampLabels;
import io.ringgate.edge.LabelName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which labels say tenant and edge: {@code stamp}. */
final class StampReader {

    private static final ValueKind<Optional<LabelName>> NAME_OR_OFF = new ValueKind.Named<>(
            "label name, or `\"\"` for none",
            text -> {
                if (text.isEmpty()) {
                    return Optional.empty();
                }
                if (!LabelName.isValid(text)) {
                    throw new InvalidValue("is not a label name, write " + LabelName.RULE + "; or \"\" to stamp none");
                }
                return Optional.of(new LabelName(text));
            },
            name -> name.map(LabelName::value).orElse("\"\""));

    private StampReader() {}

    static StampLabels read(Section section) {
        @Nullable LabelName tenant = label(section, "tenant_label", Optional.empty());
        @Nullable LabelName edge = label(section, "edge_label", Optional.of(StampLabels.DEFAULT_EDGE_LABEL));
        section.end();
        if (tenant != null && tenant.equals(edge)) {
            section.error(
                    section.position(section.has("edge_label") ? "edge_label" : "tenant_label"),
                    tenant + " is both tenant_label and edge_label, write two names");
        }
        return new StampLabels(tenant, edge, section.has("tenant_label"));
    }

    private static @Nullable LabelName label(Section section, String key, Optional<LabelName> fallback) {
        return section.read(key, NAME_OR_OFF, fallback).orElse(null);
    }
}

package io.ringgate.config.yaml;

import io.ringgate.config.StampLabels;
import io.ringgate.edge.EdgeName;
import io.ringgate.edge.LabelName;
import io.ringgate.edge.OnConflict;
import io.ringgate.edge.StampedLabel;
import io.ringgate.edge.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an edge's series are stamped with: the tenant label, the edge label and its own {@code labels}, each with the
 * verdict of {@code on_conflict}. An edge may give the edge label another value, never the tenant label.
 */
final class StampedLabelsReader {

    static final int LONGEST_VALUE = 1024;
    static final OnConflict DEFAULT_ON_CONFLICT = OnConflict.RENAME;

    private static final ValueKind<String> VALUE = text -> {
        ValueKind.TEXT.read(text);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidValue("has control characters, write plain text");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
            throw new InvalidValue("is longer than " + LONGEST_VALUE + " bytes, write a shorter value");
        }
        return text;
    };

    private static final Map<String, OnConflict> WORDS = new LinkedHashMap<>();

    static {
        for (OnConflict choice : OnConflict.values()) {
            WORDS.put(choice.word(), choice);
        }
    }

    private static final ValueKind<OnConflict> VERDICT = ValueKind.word(WORDS);

    private final StampLabels stamp;
    private final @Nullable EdgeName name;
    private final @Nullable TenantId tenant;

    /** Name and tenant are absent when they could not be read; then the labels are only checked. */
    StampedLabelsReader(StampLabels stamp, @Nullable EdgeName name, @Nullable TenantId tenant) {
        this.stamp = stamp;
        this.name = name;
        this.tenant = tenant;
    }

    List<StampedLabel> read(Section edge) {
        Map<String, String> values = values(edge.section("labels"));
        Map<String, OnConflict> verdicts = verdicts(edge, values);
        List<StampedLabel> labels = new ArrayList<>();
        values.forEach((label, value) -> labels.add(
                new StampedLabel(new LabelName(label), value, verdicts.getOrDefault(label, DEFAULT_ON_CONFLICT))));
        return labels;
    }

    private Map<String, String> values(Section own) {
        Map<String, String> values = new LinkedHashMap<>();
        if (stamp.tenantLabel() != null) {
            values.put(stamp.tenantLabel().value(), tenant == null ? "?" : tenant.value());
        }
        if (stamp.edgeLabel() != null) {
            values.put(stamp.edgeLabel().value(), name == null ? "?" : name.value());
        }
        own.all(VALUE).forEach((label, value) -> {
            if (isTenantLabel(label)) {
                own.error(value.position(), "is the tenant label, its value comes from tenant: leave it out");
            } else if (!LabelName.isValid(label)) {
                own.error(value.position(), "is not a label name, write " + LabelName.RULE);
            } else {
                values.put(label, value.value());
            }
        });
        return values;
    }

    private Map<String, OnConflict> verdicts(Section edge, Map<String, String> stamped) {
        Map<String, OnConflict> verdicts = new LinkedHashMap<>();
        if (!(edge.node("on_conflict") instanceof Node.Mapping)) {
            OnConflict forAll = edge.read("on_conflict", VERDICT, DEFAULT_ON_CONFLICT);
            stamped.keySet()
                    .forEach(label -> verdicts.put(
                            label, isTenantLabel(label) && forAll == OnConflict.KEEP ? DEFAULT_ON_CONFLICT : forAll));
            return verdicts;
        }
        Section byLabel = edge.section("on_conflict");
        byLabel.all(VERDICT).forEach((label, verdict) -> {
            if (!stamped.containsKey(label)) {
                edge.error(
                        verdict.position(),
                        "is not a label that this edge is stamped with, write one of "
                                + String.join(", ", stamped.keySet()));
            } else if (isTenantLabel(label) && verdict.value() == OnConflict.KEEP) {
                edge.error(
                        verdict.position(),
                        "the tenant is never the sender's to choose, write rename, overwrite or reject");
            } else {
                verdicts.put(label, verdict.value());
            }
        });
        return verdicts;
    }

    private boolean isTenantLabel(String label) {
        return stamp.tenantLabel() != null && stamp.tenantLabel().value().equals(label);
    }
}

package io.ringgate.config;

import io.ringgate.edge.LabelName;
import org.jspecify.annotations.Nullable;

/**
 * The labels that say of every stored series who wrote it. They are distinct.
 *
 * @param tenantLabel carries the tenant; absent unless it is switched on, since receivers add a tenant label of their own
 * @param edgeLabel carries the edge's name, unless the edge sets another value; absent when switched off
 * @param tenantLabelWritten whether the file has {@code tenant_label}, even an empty one
 */
public record StampLabels(
        @Nullable LabelName tenantLabel, @Nullable LabelName edgeLabel, boolean tenantLabelWritten) {

    public static final LabelName DEFAULT_EDGE_LABEL = new LabelName("cluster");

    /** Both are written. */
    public StampLabels(@Nullable LabelName tenantLabel, @Nullable LabelName edgeLabel) {
        this(tenantLabel, edgeLabel, true);
    }
}

package io.ringgate.config;

import io.ringgate.edge.LabelName;
import org.jspecify.annotations.Nullable;

/**
 * The labels by which every stored series tells who wrote it. They are distinct.
 *
 * @param tenantLabel carries the tenant; absent when switched off
 * @param edgeLabel carries the edge's name, unless the edge sets another value; absent when switched off
 */
public record StampLabels(
        @Nullable LabelName tenantLabel, @Nullable LabelName edgeLabel) {

    public static final LabelName DEFAULT_TENANT_LABEL = new LabelName("tenant");
    public static final LabelName DEFAULT_EDGE_LABEL = new LabelName("cluster");
}

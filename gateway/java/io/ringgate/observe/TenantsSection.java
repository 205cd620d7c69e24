package io.ringgate.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringgate.config.OnLimit;
import io.ringgate.pipeline.TenantUse;
import io.ringgate.reject.Limit;
import java.io.IOException;
import java.util.List;

/** The part of the status page that shows each tenant against its policy. */
final class TenantsSection {

    private TenantsSection() {}

    static void write(JsonGenerator json, List<TenantUse> tenants) throws IOException {
        json.writeArrayFieldStart("tenants");
        for (TenantUse tenant : tenants) {
            json.writeStartObject();
            json.writeStringField("name", tenant.tenant().value());
            json.writeBooleanField("observe", tenant.observes());
            json.writeArrayFieldStart("limits");
            for (TenantUse.Line line : tenant.lines()) {
                write(json, line);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, TenantUse.Line line) throws IOException {
        json.writeStartObject();
        json.writeStringField("limit", line.limit().key());
        if (line.edge() != null) {
            json.writeStringField("edge", line.edge().value());
        }
        json.writeNumberField(line.limit().scale() == Limit.Scale.MILLIS ? "allowed_ms" : "allowed", line.allowed());
        if (line.burst() != null) {
            json.writeNumberField("burst", line.burst());
        }
        if (line.onLimit() != null) {
            json.writeStringField("on_limit", line.onLimit() == OnLimit.DROP ? "drop" : "delay");
        }
        if (line.used() != null) {
            json.writeNumberField("used_ratio", Math.round(line.used() * 1000) / 1000.0);
        }
        json.writeEndObject();
    }
}

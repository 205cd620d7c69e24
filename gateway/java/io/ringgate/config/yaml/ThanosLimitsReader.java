package io.ringgate.config.yaml;

import io.ringgate.config.Policies;
import io.ringgate.config.Policy;
import io.ringgate.config.TenantPolicy;
import io.ringgate.edge.TenantId;
import io.ringgate.reject.Limit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits file that Thanos Receive reads. A request limit of 0 or less is none, what a tenant does not say is the
 * default's, and unknown keys are refused, as there.
 */
final class ThanosLimitsReader {

    private static final int SHARDS_OF_ONE_AGENT = 50;

    private static final ValueKind<Long> NUMBER = ValueKind.named("number, 0 for no limit", text -> {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new InvalidValue("is not a whole number, write one, or 0 for no limit");
        }
        return Long.parseLong(text);
    });

    private final Section root;

    ThanosLimitsReader(Section root) {
        this.root = root;
    }

    Policies read() {
        Section write = root.section("write");
        root.end();
        long mostWrites = global(write.section("global"));
        TenantPolicy defaults = limits(write.section("default"));
        Map<TenantId, TenantPolicy> tenants = tenants(write);
        write.end();
        return new Policies(defaults, tenants, mostWrites);
    }

    private static long global(Section section) {
        long writes = section.read("max_concurrency", NUMBER, 0L);
        if (writes > 0 && writes < SHARDS_OF_ONE_AGENT) {
            section.warning(
                    "max_concurrency",
                    writes
                            + " is less than the 50 shards that one agent may open, and more is refused here, where receivers let it wait: write 50 for each agent or more");
        }
        for (String unused :
                new String[] {"meta_monitoring_url", "meta_monitoring_http_client", "meta_monitoring_limit_query"}) {
            if (section.has(unused)) {
                section.warning(unused, "is not used, since active series are not counted");
            }
        }
        section.end();
        return writes > 0 ? writes : Policy.NO_LIMIT;
    }

    private static Map<TenantId, TenantPolicy> tenants(Section write) {
        Map<TenantId, TenantPolicy> tenants = new HashMap<>();
        write.section("tenants").sections().forEach((name, section) -> {
            if (section.isNothing()) {
                section.error("has no value, and receivers exit on that: write {} or leave it out");
            }
            TenantPolicy limits = limits(section);
            if (TenantId.isValid(name)) {
                tenants.put(new TenantId(name), limits);
            } else {
                section.warning(section.position(), "is not a valid tenant: a tenant is " + TenantId.RULE);
            }
        });
        return tenants;
    }

    private static TenantPolicy limits(Section section) {
        Section request = section.section("request");
        Map<Limit, Long> most = new EnumMap<>(Limit.class);
        Long size = size(request);
        put(most, Limit.MAX_PACKED, size);
        put(most, Limit.MAX_UNPACKED, size);
        put(most, Limit.MAX_SERIES_PER_WRITE, limit(request, "series_limit"));
        put(most, Limit.SAMPLES_LIMIT, limit(request, "samples_limit"));
        request.end();
        if (section.read("head_series_limit", NUMBER, 0L) > 0) {
            section.error(
                    "head_series_limit",
                    "is not supported, since active series are not counted: write 0 or leave it out");
        }
        section.end();
        return new TenantPolicy(new Policy(most, Map.of(), Map.of(), null, null, null), Policy.NONE, Map.of());
    }

    /** One number for both sizes. */
    private static @Nullable Long size(Section request) {
        Long size = limit(request, "size_bytes_limit");
        long most = BodyReader.UNPACKED.most();
        if (size == null || size == Policy.NO_LIMIT || size <= most) {
            return size;
        }
        request.warning(
                "size_bytes_limit",
                SizeKind.format(size) + " is more than a body can be here: " + SizeKind.format(most) + " holds");
        return most;
    }

    private static @Nullable Long limit(Section request, String key) {
        Long most = request.find(key, NUMBER);
        return most == null || most > 0 ? most : Long.valueOf(Policy.NO_LIMIT);
    }

    private static void put(Map<Limit, Long> among, Limit limit, @Nullable Long value) {
        if (value != null) {
            among.put(limit, value);
        }
    }
}

package io.ringgate.cli.migrate;

import io.ringgate.config.yaml.SizeKind;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much may be written: rates, connections, sizes. The policy file of all tenants takes them. */
final class LimitRules {

    static final Map<String, AnnotationRule> RULES = Map.of(
            "limit-rps", (value, context) -> rate(value, 1, context),
            "limit-rpm", LimitRules::perMinute,
            "limit-burst-multiplier", LimitRules::multiplier,
            "limit-connections", LimitRules::connections,
            "proxy-body-size", LimitRules::bodySize);

    /** How many connections one agent may open. */
    private static final long SHARDS = 50;

    /** What a body may be without a line of ours; with it the least memory_budget of 128MiB is well used. */
    private static final long MOST_PACKED = 16L << 20;

    /** A write of 2,000 samples has a tenth of that; one of long labels may have more. */
    private static final long SMALL = 1L << 20;

    private static final long LEAST_PACKED = 1L << 10;
    private static final long USUAL_MULTIPLIER = 5;
    private static final long MINUTE = 60;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([bkmg]?)");
    private static final String UNITS = "bkmg";
    private static final Finding NO_NUMBER = Finding.left("it is no number over 0, so there was no limit either");

    private LimitRules() {}

    private static Finding rate(String value, long seconds, RuleContext context) {
        Long number = number(value);
        if (number == null) {
            return NO_NUMBER;
        }
        Long multiplier = number(context.nginx("limit-burst-multiplier"));
        long times = multiplier == null ? USUAL_MULTIPLIER : multiplier;
        long rate = Math.ceilDiv(number, seconds);
        long burst = Math.max(rate, number * times);
        context.limits(limits -> limits.withRequests(new IngressLimits.Rate(rate, burst)));
        return context.held(
                IngressLimit.REQUESTS,
                Finding.carried(context.place("per_edge.") + "requests_per_second: {rate: " + rate + ", burst: " + burst
                        + "}; of each edge, at each replica, where it was of each address"));
    }

    private static Finding perMinute(String value, RuleContext context) {
        return number(context.nginx("limit-rps")) == null
                ? rate(value, MINUTE, context)
                : Finding.left("limit-rps is there too, and an edge has one rate: that of limit-rps");
    }

    private static Finding multiplier(String value, RuleContext context) {
        if (context.nginx("limit-rps").isEmpty() && context.nginx("limit-rpm").isEmpty()) {
            return Finding.left("it belongs to limit-rps or limit-rpm, and neither is there");
        }
        if (number(value) == null) {
            return Finding.left("it is no number over 0, so the burst is " + USUAL_MULTIPLIER + " times the rate");
        }
        String place = context.place("per_edge.").replaceFirst("^.*?: ", "$0the burst of ");
        return context.held(IngressLimit.REQUESTS, Finding.carried(place + "requests_per_second"));
    }

    private static Finding connections(String value, RuleContext context) {
        Long number = number(value);
        if (number == null) {
            return NO_NUMBER;
        }
        if (number < SHARDS) {
            return Finding.changed("left at 500, the default of `connections.max_per_edge`: " + number
                    + " would choke an agent, which opens a connection for each shard, up to " + SHARDS
                    + ", and each of its replicas again");
        }
        context.limits(limits -> limits.withConnections(number));
        return context.held(
                IngressLimit.CONNECTIONS,
                Finding.carried(context.place("per_edge.") + "max_connections: " + number + "; an edge needs " + SHARDS
                        + " for each of its agents"));
    }

    private static Finding bodySize(String value, RuleContext context) {
        Long bytes = size(value);
        if (bytes == null) {
            return Finding.left("it is no size, so nginx took 1m; without a line here a body may have 16MiB");
        }
        boolean fits = bytes >= LEAST_PACKED && bytes <= MOST_PACKED;
        long packed = fits ? bytes : MOST_PACKED;
        context.limits(limits -> limits.withPacked(packed));
        String words = context.place("") + "max_body: {packed: " + SizeKind.format(packed) + "}";
        String change = changeOfSize(bytes);
        return context.held(
                IngressLimit.PACKED, change.isEmpty() ? Finding.carried(words) : Finding.changed(words + change));
    }

    private static String changeOfSize(long bytes) {
        if (bytes == 0) {
            return ": no limit has no counterpart, since memory has an end";
        } else if (bytes < LEAST_PACKED) {
            return ": no write is so small";
        } else if (bytes > MOST_PACKED) {
            return ": a larger write may take more, unpacked and copied, than the least `memory_budget` (128MiB) holds;"
                    + " one of 2,000 samples has some 100KiB";
        }
        return bytes < SMALL ? "; a write of many long labels may have more, and is lost then (413)" : "";
    }

    /** As nginx reads sizes: bytes, or with k, m or g. Null for anything else. */
    private static @Nullable Long size(String value) {
        Matcher parts = SIZE.matcher(value.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return null;
        }
        String unit = parts.group(2);
        return Long.parseLong(parts.group(1)) << (unit.isEmpty() ? 0 : 10 * UNITS.indexOf(unit));
    }

    private static @Nullable Long number(String value) {
        long number = NUMBER.matcher(value).matches() ? Long.parseLong(value) : 0;
        return number == 0 ? null : number;
    }
}

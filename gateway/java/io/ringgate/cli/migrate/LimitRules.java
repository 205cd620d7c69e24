package io.ringgate.cli.migrate;

import io.ringgate.config.yaml.SizeKind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much may be written: rates, connections, sizes. The policy file of all tenants takes them. */
final class LimitRules {

    /** How many connections one agent may open. */
    static final long SHARDS = 50;

    /** What a body may be without a line of ours; with it the least memory_budget of 128MiB is well used. */
    static final long MOST_PACKED = 16L << 20;

    /** A write of 2,000 samples has a tenth of that; one of long labels may have more. */
    private static final long SMALL = 1L << 20;

    private static final long LEAST_PACKED = 1L << 10;
    private static final long USUAL_MULTIPLIER = 5;
    private static final long MINUTE = 60;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([bkmg]?)");
    private static final String UNITS = "bkmg";

    private static final String FILE = PolicyText.FILE + ": ";
    private static final String NO_NUMBER = "it is no number over 0, so there was no limit either";

    static final Map<String, Known> RULES = rules();

    private LimitRules() {}

    private static Map<String, Known> rules() {
        Map<String, Known> rules = new HashMap<>();
        rules.put("limit-rps", Known.by("requests a second of an address", (value, asked) -> rate(value, 1, asked)));
        rules.put("limit-rpm", Known.by("requests a minute of an address", LimitRules::perMinute));
        rules.put("limit-burst-multiplier", Known.by("the burst of a rate", LimitRules::multiplier));
        rules.put("limit-connections", Known.by("connections of an address", LimitRules::connections));
        for (String name : new String[] {"limit-whitelist", "limit-allowlist"}) {
            rules.put(
                    name,
                    Known.left(
                            "addresses without a rate",
                            "rates belong to edges here, not to addresses: write `edges: {NAME: {requests_per_second:"
                                    + " none}}` in limits/_default.yaml for an edge behind them"));
        }
        rules.put("limit-rate*", Known.left("how fast answers are sent", "an answer to a write is one line"));
        rules.put(
                "global-rate-limit*",
                Known.left(
                        "a rate over all replicas of the Ingress",
                        "each replica of the gateway counts by itself: write `requests_per_second` in"
                                + " limits/_default.yaml, divided by their number"));
        rules.put("proxy-body-size", Known.by("how large a body may be", LimitRules::bodySize));
        rules.put(
                "client-max-body-size",
                Known.left(
                        "how large a body may be, under a name that ingress-nginx does not know",
                        "ingress-nginx has no such annotation (proxy-body-size is meant), so it had no effect: a body may"
                                + " have 16MiB"));
        rules.put(
                "client-body-buffer-size",
                Known.left(
                        "memory for a body",
                        "`memory_budget` of ringgate.yaml holds all bodies together, none goes to a disk"));
        return rules;
    }

    private static Finding rate(String value, long seconds, RuleContext asked) {
        Long number = number(value);
        if (number == null) {
            return Finding.left(NO_NUMBER);
        }
        Long multiplier = number(asked.nginx("limit-burst-multiplier"));
        long times = multiplier == null ? USUAL_MULTIPLIER : multiplier;
        long rate = Math.ceilDiv(number, seconds);
        IngressLimits.Rate asRate = new IngressLimits.Rate(rate, Math.max(rate, number * times));
        asked.draft().terms(asked.ingress(), terms -> terms.withRequests(asRate));
        return asked.held(
                IngressLimit.REQUESTS,
                Finding.carried(asked.place("per_edge.") + "requests_per_second: {rate: " + asRate.rate() + ", burst: "
                        + asRate.burst() + "}; of each edge, at each replica, where it was of each address"));
    }

    private static Finding perMinute(String value, RuleContext asked) {
        return number(asked.nginx("limit-rps")) == null
                ? rate(value, MINUTE, asked)
                : Finding.left("limit-rps is there too, and an edge has one rate: that of limit-rps");
    }

    private static Finding multiplier(String value, RuleContext asked) {
        if (asked.nginx("limit-rps").isEmpty() && asked.nginx("limit-rpm").isEmpty()) {
            return Finding.left("it belongs to limit-rps or limit-rpm, and neither is there");
        }
        return number(value) == null
                ? Finding.left("it is no number over 0, so the burst is " + USUAL_MULTIPLIER + " times the rate")
                : asked.held(
                        IngressLimit.REQUESTS,
                        Finding.carried(FILE + "the burst of "
                                + asked.place("per_edge.").substring(FILE.length()) + "requests_per_second"));
    }

    private static Finding connections(String value, RuleContext asked) {
        Long number = number(value);
        if (number == null) {
            return Finding.left(NO_NUMBER);
        }
        if (number < SHARDS) {
            return Finding.changed("left at 500, the default of `connections.max_per_edge`: " + number
                    + " would choke an agent, which opens a connection for each shard, up to " + SHARDS
                    + ", and each of its replicas again");
        }
        asked.draft().terms(asked.ingress(), terms -> terms.withConnections(number));
        return asked.held(
                IngressLimit.CONNECTIONS,
                Finding.carried(asked.place("per_edge.") + "max_connections: " + number + "; an edge needs " + SHARDS
                        + " for each of its agents"));
    }

    private static Finding bodySize(String value, RuleContext asked) {
        Long bytes = size(value);
        if (bytes == null) {
            return Finding.left("it is no size, so nginx took 1m; without a line here a body may have 16MiB");
        }
        boolean fits = bytes >= LEAST_PACKED && bytes <= MOST_PACKED;
        long packed = fits ? bytes : MOST_PACKED;
        asked.draft().terms(asked.ingress(), terms -> terms.withPacked(packed));
        return asked.held(
                IngressLimit.PACKED,
                bodySize(bytes, asked.place("") + "max_body: {packed: " + SizeKind.show(packed) + "}"));
    }

    private static Finding bodySize(long bytes, String words) {
        if (bytes == 0) {
            return Finding.changed(words + ": no limit has no counterpart, since memory has an end");
        }
        if (bytes < LEAST_PACKED) {
            return Finding.changed(words + ": no write is so small");
        }
        if (bytes > MOST_PACKED) {
            return Finding.changed(words + ": a larger write may take more, unpacked and copied, than the least"
                    + " `memory_budget` (128MiB) holds; one of 2,000 samples has some 100KiB");
        }
        return bytes < SMALL
                ? Finding.changed(words + "; a write of many long labels may have more, and is lost then (413)")
                : Finding.carried(words);
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

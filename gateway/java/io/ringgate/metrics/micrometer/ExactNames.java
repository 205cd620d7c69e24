package io.ringgate.metrics.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names on the page are the names in the code, so that a search finds both. Only dotted names, which Micrometer's own
 * binders bring, go through Micrometer's convention.
 *
 * <p>The Prometheus client appends {@code _total} to every counter and refuses whole pages for a gauge that ends in a
 * suffix of its own; {@link #check} finds such a name where it is given.
 */
final class ExactNames implements NamingConvention {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final String TOTAL = "_total";
    private static final List<String> RESERVED = List.of(TOTAL, "_created", "_bucket", "_info");

    private final NamingConvention dotted = new PrometheusNamingConvention();

    @Override
    public String name(String name, Meter.Type type, @Nullable String baseUnit) {
        if (name.indexOf('.') >= 0) {
            return dotted.name(name, type, baseUnit);
        }
        return type == Meter.Type.COUNTER ? name.substring(0, name.length() - TOTAL.length()) : name;
    }

    @Override
    public String tagKey(String key) {
        return dotted.tagKey(key);
    }

    /** @throws IllegalArgumentException for a name that the page could not show exactly so */
    static void check(String name, Meter.Type type) {
        boolean fits = switch (type) {
            case COUNTER -> name.endsWith(TOTAL) && name.length() > TOTAL.length();
            case TIMER -> name.endsWith("_seconds");
            default -> RESERVED.stream().noneMatch(name::endsWith);
        };
        if (!fits || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a metric named " + name
                    + " cannot be a " + type
                    + ": counters end in _total, timers in _seconds, gauges in neither _total, _created, _bucket nor _info;"
                    + " all are lower case with underscores");
        }
    }
}

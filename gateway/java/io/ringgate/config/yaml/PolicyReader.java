package io.ringgate.config.yaml;

import io.ringgate.config.OnLimit;
import io.ringgate.config.Policy;
import io.ringgate.reject.Limit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of a policy file that may stand at its top, for each edge and for a single one. */
final class PolicyReader {

    /** The rates, as they are called in messages about all of them. */
    static final Limit[] RATES = {Limit.REQUESTS_PER_SECOND, Limit.SAMPLES_PER_SECOND, Limit.BYTES_PER_SECOND};

    private static final Limit[] OTHERS = {
        Limit.MAX_CONCURRENT_WRITES,
        Limit.MAX_CONNECTIONS,
        Limit.MAX_SERIES_PER_WRITE,
        Limit.MAX_SAMPLES_PER_WRITE,
        Limit.MAX_EXEMPLARS_PER_WRITE,
        Limit.MAX_METADATA_PER_WRITE,
        Limit.MAX_DECODED,
        Limit.MAX_LABELS_PER_SERIES,
        Limit.MAX_LABEL_NAME_LENGTH,
        Limit.MAX_LABEL_VALUE_LENGTH,
        Limit.MAX_EXEMPLARS_PER_SERIES,
        Limit.MAX_HISTOGRAM_BUCKETS,
        Limit.MAX_HISTOGRAM_SPANS,
        Limit.MAX_SAMPLE_AGE,
        Limit.MAX_SAMPLE_FUTURE
    };

    private static final long MOST_PER_EDGE = 1_000_000;
    private static final long MOST_PER_WRITE = 1_000_000_000;
    private static final SizeKind LENGTH = new SizeKind(1, 16 << 20);
    private static final SizeKind DECODED = new SizeKind(1, 64L << 30);
    private static final DurationKind AGE = new DurationKind(Duration.ofSeconds(1), Duration.ofDays(3650));
    private static final ValueKind<Long> MILLIS =
            ValueKind.named(AGE.type(), text -> AGE.read(text).toMillis());

    private static final Map<Limit, ValueKind<Long>> NUMBERS = numbers();

    private static final ValueKind<Integer> DELAY_STATUS = ValueKind.word("503", 503, "429", 429);
    private static final ValueKind<Integer> WEIGHT = ValueKind.number("a weight", 1, 10_000);

    private final Map<Limit, Long> most = new EnumMap<>(Limit.class);
    private final Map<Limit, Long> bursts = new EnumMap<>(Limit.class);
    private final Map<Limit, OnLimit> onLimit = new EnumMap<>(Limit.class);

    private PolicyReader() {}

    private static Map<Limit, ValueKind<Long>> numbers() {
        Map<Limit, ValueKind<Long>> numbers = new EnumMap<>(Limit.class);
        numbers.put(Limit.REQUESTS_PER_SECOND, ValueKind.count("a number of requests", 1, Policy.MOST_RATE));
        numbers.put(Limit.SAMPLES_PER_SECOND, ValueKind.count("a number of samples", 1, Policy.MOST_RATE));
        numbers.put(Limit.BYTES_PER_SECOND, new SizeKind(1, Policy.MOST_RATE));
        numbers.put(Limit.MAX_CONCURRENT_WRITES, ValueKind.count("a number of writes", 1, MOST_PER_EDGE));
        numbers.put(Limit.MAX_CONNECTIONS, ValueKind.count("a number of connections", 1, MOST_PER_EDGE));
        numbers.put(Limit.MAX_PACKED, BodyReader.PACKED);
        numbers.put(Limit.MAX_UNPACKED, BodyReader.UNPACKED);
        numbers.put(Limit.MAX_SERIES_PER_WRITE, ValueKind.count("a number of series", 1, MOST_PER_WRITE));
        numbers.put(Limit.MAX_SAMPLES_PER_WRITE, ValueKind.count("a number of samples", 1, MOST_PER_WRITE));
        numbers.put(Limit.MAX_EXEMPLARS_PER_WRITE, ValueKind.count("a number of exemplars", 1, MOST_PER_WRITE));
        numbers.put(Limit.MAX_METADATA_PER_WRITE, ValueKind.count("a number of metadata entries", 1, MOST_PER_WRITE));
        numbers.put(Limit.MAX_DECODED, DECODED);
        numbers.put(Limit.MAX_LABELS_PER_SERIES, ValueKind.count("a number of labels", 1, MOST_PER_WRITE));
        numbers.put(Limit.MAX_LABEL_NAME_LENGTH, LENGTH);
        numbers.put(Limit.MAX_LABEL_VALUE_LENGTH, LENGTH);
        numbers.put(Limit.MAX_EXEMPLARS_PER_SERIES, ValueKind.count("a number of exemplars", 1, MOST_PER_WRITE));
        numbers.put(Limit.MAX_HISTOGRAM_BUCKETS, ValueKind.count("a number of buckets", 1, MOST_PER_WRITE));
        numbers.put(Limit.MAX_HISTOGRAM_SPANS, ValueKind.count("a number of spans", 1, MOST_PER_WRITE));
        numbers.put(Limit.MAX_SAMPLE_AGE, MILLIS);
        numbers.put(Limit.MAX_SAMPLE_FUTURE, MILLIS);
        return numbers;
    }

    /** The section is not at its end: whoever calls may know more keys. */
    static Policy read(Section section) {
        if (section.hasNoKeys()) {
            return Policy.NONE;
        }
        return new PolicyReader().all(section);
    }

    private Policy all(Section section) {
        OnLimit usual = section.find("on_limit", ReceiversReader.ON_LIMIT);
        for (Limit rate : RATES) {
            rate(section, rate);
            if (usual != null) {
                onLimit.putIfAbsent(rate, usual);
            }
        }
        Section body = section.section("max_body");
        limit(body, "packed", Limit.MAX_PACKED);
        limit(body, "unpacked", Limit.MAX_UNPACKED);
        body.end();
        for (Limit other : OTHERS) {
            limit(section, other.key(), other);
        }
        return new Policy(
                most,
                bursts,
                onLimit,
                section.find("observe", ValueKind.FLAG),
                section.find("delay_status", DELAY_STATUS),
                section.find("weight", WEIGHT));
    }

    /** A number, or the rate with what belongs to it. */
    private void rate(Section section, Limit rate) {
        if (!(section.node(rate.key()) instanceof Node.Mapping)) {
            limit(section, rate.key(), rate);
            return;
        }
        Section own = section.section(rate.key());
        limit(own, "rate", rate);
        put(bursts, rate, own.find("burst", number(rate)));
        put(onLimit, rate, own.find("on_limit", ReceiversReader.ON_LIMIT));
        own.end();
    }

    private void limit(Section section, String key, Limit limit) {
        put(most, limit, section.find(key, new LimitKind(number(limit))));
    }

    private static ValueKind<Long> number(Limit limit) {
        return Objects.requireNonNull(NUMBERS.get(limit));
    }

    private static <V> void put(Map<Limit, V> among, Limit limit, @Nullable V value) {
        if (value != null) {
            among.put(limit, value);
        }
    }
}

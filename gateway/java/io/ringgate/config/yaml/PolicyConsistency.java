package io.ringgate.config.yaml;

import io.ringgate.config.GatewaySettings;
import io.ringgate.config.Policy;
import io.ringgate.config.Problem;
import io.ringgate.config.Problems;
import io.ringgate.config.Severity;
import io.ringgate.config.SourcePosition;
import io.ringgate.reject.Limit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds limits that contradict one another, or that no usual sender can keep. One file, one thread. */
final class PolicyConsistency {

    /** What a sender puts into one write unless it is told otherwise. */
    private static final long USUAL_BATCH = 2_000;

    private static final long OF_ONE_AGENT = 50;

    /** What a receiver holds of a usual batch whose series have thirty labels each. */
    private static final long USUAL_DECODED = 8L << 20;

    /**
     * The least that a receiver holds of one of what a limit counts, once it has decoded it and its slices have grown. A
     * series has one label.
     */
    static final Map<Limit, Integer> DECODED = decoded();

    private final GatewaySettings settings;
    private final Problems problems;
    private final Set<Problem> told = new HashSet<>();

    PolicyConsistency(GatewaySettings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    private static Map<Limit, Integer> decoded() {
        Map<Limit, Integer> decoded = new EnumMap<>(Limit.class);
        decoded.put(Limit.MAX_SERIES_PER_WRITE, 256);
        decoded.put(Limit.MAX_SAMPLES_PER_WRITE, 32);
        decoded.put(Limit.MAX_EXEMPLARS_PER_WRITE, 80);
        decoded.put(Limit.MAX_METADATA_PER_WRITE, 112);
        decoded.put(Limit.MAX_EXEMPLARS_PER_SERIES, 80);
        decoded.put(Limit.MAX_HISTOGRAM_BUCKETS, 16);
        decoded.put(Limit.MAX_HISTOGRAM_SPANS, 16);
        return Collections.unmodifiableMap(decoded);
    }

    /**
     * The limits that apply at one place.
     *
     * @param sections of the file at hand that may have said it, the nearest first
     */
    record Scope(Policy policy, List<Section> sections) {

        /** Where the file says the limit; absent where it inherits it. */
        @Nullable
        SourcePosition position(Limit limit) {
            int dot = limit.key().indexOf('.');
            for (Section section : sections) {
                Section under = dot < 0 ? section : section.section(limit.key().substring(0, dot));
                SourcePosition position = position(under, limit.key().substring(dot + 1));
                if (position != null) {
                    return position;
                }
            }
            return null;
        }

        private static @Nullable SourcePosition position(Section section, String key) {
            if (!(section.node(key) instanceof Node.Mapping)) {
                return section.has(key) ? section.position(key) : null;
            }
            Section rate = section.section(key);
            if (rate.has("burst")) {
                return rate.position("burst");
            }
            return rate.has("rate") ? rate.position("rate") : null;
        }
    }

    /** Rates come by another way than the rest. */
    void judge(Scope rates, Scope rest) {
        samples(rates, rest);
        bytes(rates, rest);
        bodies(rest);
        decoded(rest);
        exemplars(rest);
        atLeastOneAgent(rest, Limit.MAX_CONNECTIONS, "connections");
        atLeastOneAgent(rest, Limit.MAX_CONCURRENT_WRITES, "writes at a time");
    }

    private void samples(Scope rates, Scope rest) {
        long most = rest.policy().mostOf(Limit.MAX_SAMPLES_PER_WRITE);
        boolean usual = most == Policy.NO_LIMIT;
        long write = usual ? USUAL_BATCH : most;
        if (burstIsUnder(write, Limit.SAMPLES_PER_SECOND, rates)) {
            report(
                    rates.position(Limit.SAMPLES_PER_SECOND),
                    rest.position(Limit.MAX_SAMPLES_PER_WRITE),
                    "a burst of " + rates.policy().burstOf(Limit.SAMPLES_PER_SECOND) + " can never hold the " + write
                            + " samples "
                            + (usual ? "of a sender's usual write" : "that max_samples_per_write lets through")
                            + ", write a burst of " + write + " or more");
        }
    }

    private void bytes(Scope rates, Scope rest) {
        long packed = rest.policy().mostOf(Limit.MAX_PACKED);
        if (packed != Policy.NO_LIMIT && burstIsUnder(packed, Limit.BYTES_PER_SECOND, rates)) {
            report(
                    rates.position(Limit.BYTES_PER_SECOND),
                    rest.position(Limit.MAX_PACKED),
                    "a burst of " + SizeKind.format(rates.policy().burstOf(Limit.BYTES_PER_SECOND))
                            + " can never hold the " + SizeKind.format(packed)
                            + " that max_body.packed lets through, write a burst of " + SizeKind.format(packed)
                            + " or more");
        }
    }

    private static boolean burstIsUnder(long write, Limit rate, Scope rates) {
        return rates.policy().mostOf(rate) != Policy.NO_LIMIT && rates.policy().burstOf(rate) < write;
    }

    private void bodies(Scope rest) {
        long packed = orElse(rest, Limit.MAX_PACKED, settings.body().maxPacked());
        long unpacked = orElse(rest, Limit.MAX_UNPACKED, settings.body().maxUnpacked());
        SourcePosition position = rest.position(Limit.MAX_PACKED);
        SourcePosition other = rest.position(Limit.MAX_UNPACKED);
        if (packed > unpacked) {
            report(
                    position,
                    other,
                    "a body of " + SizeKind.format(packed) + " packed is more than the " + SizeKind.format(unpacked)
                            + " that it may be unpacked, write max_body.unpacked of " + SizeKind.format(packed)
                            + " or more, or less packed");
        }
        long budget = settings.memoryBudget().orElse(Long.MAX_VALUE);
        if (packed + unpacked > budget) {
            report(
                    position,
                    other,
                    "a body of " + SizeKind.format(packed) + " packed and " + SizeKind.format(unpacked)
                            + " unpacked is more than the memory_budget of " + SizeKind.format(budget)
                            + " ever holds, write less, or raise that");
        }
    }

    private void decoded(Scope rest) {
        long most = rest.policy().mostOrDefault(Limit.MAX_DECODED);
        SourcePosition position = rest.position(Limit.MAX_DECODED);
        if (most < USUAL_DECODED) {
            report(
                    position,
                    null,
                    "max_decoded of " + SizeKind.format(most) + " may not hold the " + USUAL_BATCH
                            + " series of a sender's usual write, write " + SizeKind.format(USUAL_DECODED)
                            + " or more");
        }
        DECODED.forEach((limit, bytes) -> {
            long allowed = rest.policy().mostOf(limit);
            if (allowed != Policy.NO_LIMIT && allowed > most / bytes) {
                report(
                        rest.position(limit),
                        position,
                        limit.key() + " lets " + allowed + " through and max_decoded of " + SizeKind.format(most)
                                + " holds " + most / bytes + " at most, write less, or raise that");
            }
        });
    }

    private void exemplars(Scope rest) {
        long series = rest.policy().mostOrDefault(Limit.MAX_EXEMPLARS_PER_SERIES);
        long write = rest.policy().mostOrDefault(Limit.MAX_EXEMPLARS_PER_WRITE);
        if (series != Policy.NO_LIMIT && series > write) {
            report(
                    rest.position(Limit.MAX_EXEMPLARS_PER_SERIES),
                    rest.position(Limit.MAX_EXEMPLARS_PER_WRITE),
                    series + " exemplars of a series are more than the " + write
                            + " that max_exemplars_per_write lets through, write that many or less, or raise that");
        }
    }

    /** Files can lift this only to what ringgate.yaml says. */
    private static long orElse(Scope rest, Limit limit, long outer) {
        long most = rest.policy().mostOf(limit);
        return most == Policy.NO_LIMIT ? outer : most;
    }

    private void atLeastOneAgent(Scope rest, Limit limit, String what) {
        long most = rest.policy().mostOf(limit);
        if (most < OF_ONE_AGENT) {
            report(
                    rest.position(limit),
                    null,
                    most + " is less than the 50 " + what
                            + " that one agent may have, write 50 for each agent of an edge or more");
        }
    }

    /** Reported once, at the first of both; not at all where the file sets neither. */
    private void report(@Nullable SourcePosition first, @Nullable SourcePosition second, String message) {
        SourcePosition position = first != null ? first : second;
        if (position != null) {
            Problem problem = new Problem(Severity.WARNING, position, message);
            if (told.add(problem)) {
                problems.add(problem);
            }
        }
    }
}

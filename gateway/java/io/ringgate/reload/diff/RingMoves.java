package io.ringgate.reload.diff;

import io.ringgate.config.ReceiverSource;
import io.ringgate.config.Rings;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.InvalidRing;
import io.ringgate.hashring.Placement;
import io.ringgate.hashring.PlacementFailure;
import io.ringgate.hashring.RingChange;
import io.ringgate.hashring.RingDistribution;
import io.ringgate.hashring.ShuffleSharding;
import io.ringgate.reload.ActiveConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Describes what a change of the rings moves, for the log and the answer. */
public final class RingMoves {

    /** Enough for a hundredth of a percent. */
    private static final int SAMPLES = 50_000;

    private static final int MOST_NAMES = 20;

    private final ActiveConfiguration now;
    private final ActiveConfiguration next;
    private final @Nullable Placement before;
    private final @Nullable Placement after;

    private RingMoves(ActiveConfiguration now, ActiveConfiguration next) {
        this.now = now;
        this.next = next;
        this.before = placement(now);
        this.after = placement(next);
    }

    /** For example "ring default: 1 endpoint more (d:1), 25.01 % of series move"; empty when no ring is another. */
    public static String text(ActiveConfiguration now, ActiveConfiguration next) {
        if (now.rings().list().equals(next.rings().list()) && factor(now) == factor(next)) {
            return "";
        }
        RingMoves moves = new RingMoves(now, next);
        List<String> parts = new ArrayList<>();
        for (RingChange change :
                RingChange.between(now.rings().list(), next.rings().list())) {
            String part = moves.of(change);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join("; ", parts).replaceAll("\\p{Cntrl}", "?");
    }

    private String of(RingChange change) {
        List<Hashring> old = now.rings().list();
        if (change.before() < 0) {
            Hashring ring = next.rings().list().get(change.after());
            return "ring " + ring.nameOr(change.after()) + ": new (" + names(change.added()) + ")";
        }
        String name = "ring " + old.get(change.before()).nameOr(change.before()) + ": ";
        if (change.after() < 0) {
            return name + "gone";
        }
        Hashring was = old.get(change.before());
        Hashring is = next.rings().list().get(change.after());
        if (was.equals(is) && factor(now) == factor(next)) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        add(parts, change.added(), "more");
        add(parts, change.removed(), "less");
        if (!was.tenants().equals(is.tenants())) {
            parts.add("other tenants");
        }
        parts.add(moved(change, was, is));
        return name + String.join(", ", parts);
    }

    private String moved(RingChange change, Hashring was, Hashring is) {
        if (hasShards(was) || hasShards(is)) {
            return "each tenant has a shard of its own: `ringgate ring diff --tenant NAME` shows what moves";
        }
        if (before == null || after == null) {
            return "how much moves is not known";
        }
        try {
            RingDistribution.Moved moved = new RingDistribution(SAMPLES, Math.min(factor(now), factor(next)))
                    .moved(before.whole(change.before()), after.whole(change.after()));
            return String.format(Locale.ROOT, "%.2f %% of series move", moved.series() * 100);
        } catch (PlacementFailure none) {
            return "writes fail: " + none.message();
        }
    }

    private static boolean hasShards(Hashring ring) {
        ShuffleSharding sharding = ring.shuffleSharding();
        return sharding != null && sharding.isOn();
    }

    private static void add(List<String> parts, List<String> addresses, String what) {
        if (!addresses.isEmpty()) {
            parts.add(addresses.size() + (addresses.size() == 1 ? " endpoint " : " endpoints ") + what + " ("
                    + names(addresses) + ")");
        }
    }

    private static String names(List<String> addresses) {
        String first = String.join(", ", addresses.stream().limit(MOST_NAMES).toList());
        return addresses.size() <= MOST_NAMES ? first : first + " and " + (addresses.size() - MOST_NAMES) + " more";
    }

    private static int factor(ActiveConfiguration of) {
        return of.settings().receivers().source() instanceof ReceiverSource.Hashrings named
                ? named.replicationFactor()
                : 1;
    }

    private static @Nullable Placement placement(ActiveConfiguration of) {
        Rings rings = of.rings();
        if (!(of.settings().receivers().source() instanceof ReceiverSource.Hashrings named)) {
            return null;
        }
        try {
            return Placement.of(rings.list(), named.algorithm(), named.replicationFactor());
        } catch (InvalidRing impossible) {
            return null;
        }
    }
}

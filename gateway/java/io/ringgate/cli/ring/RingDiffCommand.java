package io.ringgate.cli.ring;

import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.Placement;
import io.ringgate.hashring.PlacementFailure;
import io.ringgate.hashring.Ring;
import io.ringgate.hashring.RingChange;
import io.ringgate.hashring.RingDistribution;
import io.ringgate.hashring.ShuffleSharding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringgate ring diff}: what moves when one file is replaced by another. */
@Command(
        name = "diff",
        description = "Shows what share of the series moves to other receivers from one hashring file to another."
                + " Exit code 1: every write to a ring of the new file fails.")
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
final class RingDiffCommand implements Callable<Integer> {

    private static final int SAMPLES = 200_000;
    private static final int INVENTED_TENANTS = 50;
    private static final int SAMPLES_OF_EACH = 10_000;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "OLD", description = "The old hashring file.")
    private Path old;

    @Parameters(paramLabel = "NEW", description = "The new hashring file.")
    private Path next;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Also show the series of this tenant.")
    private @Nullable String tenant;

    @Mixin
    private RingOptions terms;

    @Override
    public Integer call() {
        Placement before = terms.build(old, RingsText.read(old));
        Placement after = terms.build(next, RingsText.read(next));
        PrintWriter out = spec.commandLine().getOut();
        for (RingChange change : RingChange.between(before.rings(), after.rings())) {
            show(out, change, before, after);
        }
        if (tenant != null) {
            out.println(TerminalText.of("tenant " + tenant + ": " + ofTenant(tenant, before, after)));
        }
        out.flush();
        return everyRingWorks(after) ? 0 : 1;
    }

    private static boolean everyRingWorks(Placement placement) {
        try {
            int[] found = new int[placement.replicationFactor()];
            for (int i = 0; i < placement.rings().size(); i++) {
                placement.whole(i).replicas(0, found);
            }
            return !placement.rings().isEmpty();
        } catch (PlacementFailure none) {
            return false;
        }
    }

    private void show(PrintWriter out, RingChange change, Placement before, Placement after) {
        if (change.before() < 0) {
            out.println(TerminalText.ring(after.rings().get(change.after()), change.after()) + ": new");
        } else {
            String name = TerminalText.ring(before.rings().get(change.before()), change.before());
            out.println(name + ": " + (change.after() < 0 ? "gone" : moved(change, before, after)));
        }
        change.removed().forEach(address -> out.println(TerminalText.of("  - " + address)));
        change.added().forEach(address -> out.println(TerminalText.of("  + " + address)));
        if (change.removesMoreThanHalf()) {
            out.println("  more than half of its endpoints go: the gateway waits for POST /-/reload?force=rings");
        }
    }

    private String moved(RingChange change, Placement before, Placement after) {
        Ring was = before.whole(change.before());
        Ring is = after.whole(change.after());
        try {
            if (hasShards(before.rings().get(change.before()))
                    || hasShards(after.rings().get(change.after()))) {
                return text(ofShards(change, before, after)) + ", the mean of " + INVENTED_TENANTS
                        + " invented tenants; each has a shard of his own, see --tenant";
            }
            return text(new RingDistribution(SAMPLES, terms.replicationFactor()).moved(was, is));
        } catch (PlacementFailure none) {
            return "cannot be told, writes fail: " + none.message();
        }
    }

    private static boolean hasShards(Hashring ring) {
        ShuffleSharding sharding = ring.shuffleSharding();
        return sharding != null && sharding.isOn();
    }

    /** The two rings alone, open for everybody. */
    private RingDistribution.Moved ofShards(RingChange change, Placement before, Placement after)
            throws PlacementFailure {
        List<String> tenants = new ArrayList<>();
        for (int i = 0; i < INVENTED_TENANTS; i++) {
            tenants.add("tenant-" + i);
        }
        return new RingDistribution(SAMPLES_OF_EACH, terms.replicationFactor())
                .moved(
                        terms.alone(before.rings().get(change.before())),
                        terms.alone(after.rings().get(change.after())),
                        tenants);
    }

    private String ofTenant(String name, Placement before, Placement after) {
        @Nullable String first = fault(name, before);
        @Nullable String then = fault(name, after);
        if (first != null && then != null) {
            return "has no place in either file: " + then;
        }
        if (first != null) {
            return "had no place (" + first + ") and has one now";
        }
        if (then != null) {
            return "has no place any more: " + then;
        }
        try {
            return text(new RingDistribution(SAMPLES, terms.replicationFactor())
                    .moved(before.ring(name), after.ring(name)));
        } catch (PlacementFailure none) {
            throw new IllegalStateException("it had a place before", none);
        }
    }

    private static @Nullable String fault(String tenant, Placement placement) {
        try {
            var _ = placement.replicas(tenant, 0);
            return null;
        } catch (PlacementFailure none) {
            return none.message();
        }
    }

    private static String text(RingDistribution.Moved moved) {
        return TerminalText.percent(moved.series()) + " of series move (" + TerminalText.percent(moved.copies())
                + " of copies)";
    }
}

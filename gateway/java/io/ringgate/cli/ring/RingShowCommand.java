package io.ringgate.cli.ring;

import io.ringgate.cli.CommandFailure;
import io.ringgate.hashring.Algorithm;
import io.ringgate.hashring.Endpoint;
import io.ringgate.hashring.Hashring;
import io.ringgate.hashring.HashringFile;
import io.ringgate.hashring.Placement;
import io.ringgate.hashring.PlacementFailure;
import io.ringgate.hashring.Ring;
import io.ringgate.hashring.RingDistribution;
import io.ringgate.hashring.ShuffleSharding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringgate ring show}: how evenly each ring spreads series, and what is odd about the file. */
@Command(
        name = "show",
        description = "Shows the share of each endpoint and zone of each ring, and warns of settings that receivers"
                + " ignore or refuse. Exit code 1: every write to a ring fails.")
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
final class RingShowCommand implements Callable<Integer> {

    private static final int SAMPLES = 1_000_000;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--hashrings-file", paramLabel = "FILE", description = "The hashring file, or a ConfigMap with it.")
    private @Nullable Path file;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only the ring of this tenant, or its shard.")
    private @Nullable String tenant;

    @Mixin
    private RingOptions terms;

    @Override
    public Integer call() {
        Path named = terms.file(file);
        HashringFile read = RingsText.read(named);
        Placement placement = terms.build(named, read);
        boolean works = !read.rings().isEmpty();
        PrintWriter out = spec.commandLine().getOut();
        if (tenant != null) {
            showTenant(out, placement, tenant);
        } else {
            out.println("hash " + read.hash().value());
            for (int i = 0; i < read.rings().size(); i++) {
                works &= showRing(out, placement, i);
            }
            if (read.rings().isEmpty()) {
                out.println("no ring");
            }
        }
        List<String> warnings = new RingWarnings(terms).of(read);
        warnings.forEach(warning -> out.println("warning: " + warning));
        out.flush();
        return works ? 0 : 1;
    }

    private void showTenant(PrintWriter out, Placement placement, String name) {
        try {
            out.println("tenant " + TerminalText.of(name) + ", replication factor " + terms.replicationFactor());
            chart(out, placement.ring(name));
        } catch (PlacementFailure none) {
            throw CommandFailure.failed(TerminalText.of("tenant " + name + " has no place: " + none.message()));
        }
    }

    /** False for a ring on which every write fails. */
    private boolean showRing(PrintWriter out, Placement placement, int index) {
        Hashring ring = placement.rings().get(index);
        Algorithm algorithm = terms.algorithm(ring);
        out.println(TerminalText.ring(ring, index) + ": " + algorithm.name().toLowerCase(Locale.ROOT)
                + ", replication factor " + terms.replicationFactor() + ", "
                + ring.endpoints().size() + (ring.endpoints().size() == 1 ? " endpoint, " : " endpoints, ")
                + TerminalText.tenants(ring));
        ShuffleSharding sharding = ring.shuffleSharding();
        if (sharding != null && sharding.isOn()) {
            out.println("  a tenant gets a shard of " + sharding.shardSize()
                    + " endpoints; see it by --tenant. All of them together:");
        }
        try {
            chart(out, placement.whole(index));
            return true;
        } catch (PlacementFailure none) {
            out.println("  every write fails: " + none.message());
            out.println();
            return false;
        }
    }

    private void chart(PrintWriter out, Ring ring) throws PlacementFailure {
        double[] shares = new RingDistribution(SAMPLES, terms.replicationFactor()).of(ring);
        List<Endpoint> endpoints = ring.endpoints();
        Map<String, Double> zones = new TreeMap<>();
        int width = 4;
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                zones.merge(endpoints.get(i).zone(), shares[i], Double::sum);
                width = Math.max(width, TerminalText.of(label(endpoints.get(i))).length());
            }
        }
        double largest = IntStream.range(0, shares.length)
                .mapToDouble(i -> shares[i])
                .max()
                .orElse(0);
        int wide = width;
        IntStream.range(0, shares.length)
                .filter(i -> shares[i] > 0)
                .boxed()
                .sorted((a, b) -> Double.compare(shares[b], shares[a]))
                .forEach(i -> row(out, label(endpoints.get(i)), wide, shares[i], largest));
        if (zones.size() > 1) {
            double most =
                    zones.values().stream().mapToDouble(share -> share).max().orElse(0);
            zones.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .forEach(zone -> row(out, zone(zone.getKey()), wide, zone.getValue(), most));
        }
        out.println();
    }

    private static void row(PrintWriter out, String label, int width, double share, double largest) {
        out.println(("  " + String.format(Locale.ROOT, "%-" + width + "s", TerminalText.of(label)) + "  "
                        + String.format(Locale.ROOT, "%8s", TerminalText.percent(share)) + "  "
                        + TerminalText.bar(share, largest))
                .stripTrailing());
    }

    private static String label(Endpoint endpoint) {
        return endpoint.address() + (endpoint.zone().isEmpty() ? "" : "  " + endpoint.zone());
    }

    private static String zone(String zone) {
        return zone.isEmpty() ? "no zone" : "zone " + zone;
    }
}

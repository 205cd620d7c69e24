package io.ringgate.cli.ring;

import io.ringgate.hashring.Endpoint;
import io.ringgate.hashring.Placement;
import io.ringgate.hashring.PlacementFailure;
import io.ringgate.hashring.SeriesHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringgate ring place}: the receivers of each series that comes in. */
@Command(
        name = "place",
        description = {
            "Reads series as JSON lines and prints the receivers of each, in the order of replicas.",
            "In:  {\"tenant\": \"...\", \"labels\": [[\"name\", \"value\"], ...]}",
            "Out: {\"replicas\": [\"address\", ...]} or {\"error\": \"...\"}"
        })
@SuppressWarnings("NullAway.Init") // picocli sets every field before call()
final class RingPlaceCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--hashrings-file", paramLabel = "FILE", description = "The hashring file, or a ConfigMap with it.")
    private @Nullable Path file;

    @Mixin
    private RingOptions terms;

    private final Supplier<InputStream> input;

    RingPlaceCommand() {
        this(() -> System.in);
    }

    RingPlaceCommand(Supplier<InputStream> input) {
        this.input = input;
    }

    @Override
    public Integer call() throws IOException {
        Path rings = terms.file(file);
        Placement placement = terms.build(rings, RingsText.read(rings));
        PrintWriter out = spec.commandLine().getOut();
        SeriesHash hash = new SeriesHash();
        BufferedReader lines = new BufferedReader(new InputStreamReader(input.get(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                out.print(answer(line, placement, hash) + "\n");
            }
            if (!lines.ready()) {
                out.flush();
            }
        }
        out.flush();
        return 0;
    }

    private static String answer(String line, Placement placement, SeriesHash hash) {
        try {
            SeriesLine series = SeriesLine.read(line);
            hash.tenant(series.tenant());
            hash.begin();
            for (int i = 0; i < series.labels().size(); i += 2) {
                hash.label(series.labels().get(i), series.labels().get(i + 1));
            }
            List<Endpoint> replicas = placement.replicas(series.tenant(), hash.digest());
            return SeriesLine.replicas(replicas.stream().map(Endpoint::address).toList());
        } catch (PlacementFailure none) {
            return SeriesLine.error(none.message());
        } catch (SeriesLine.NoSeries fault) {
            return SeriesLine.error(String.valueOf(fault.getMessage()));
        }
    }
}

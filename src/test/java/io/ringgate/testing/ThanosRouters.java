package io.ringgate.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Three receivers that keep what they are sent, and before them routers that keep nothing: one for each algorithm, with
 * one hashring file and replication factor 1.
 */
public final class ThanosRouters implements AutoCloseable {

    /** What a router is told for rings that name no algorithm; each has its router. */
    public static final List<String> ALGORITHMS = List.of("hashmod", "ketama");

    private static final int RECEIVERS = 3;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path hashrings;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, URI> doors = new LinkedHashMap<>();
    private final List<ThanosProcess> processes = new ArrayList<>();
    private final ThanosProcess query;

    /**
     * Makes everything ready for {@link #start}.
     *
     * @param rings the file, with RECEIVER-0 to RECEIVER-2 for the receivers' addresses
     */
    public ThanosRouters(Path folder, ThanosProgram version, String rings) throws IOException {
        List<String> addresses = ThanosProcess.addresses(RECEIVERS + ALGORITHMS.size() + 1);
        List<String> ofReceivers = addresses.subList(0, RECEIVERS);
        String file = rings;
        for (String address : ofReceivers) {
            String name = "receiver-" + names.size();
            String endpoint = ThanosProcess.grpc(address);
            file = file.replace(name.toUpperCase(Locale.ROOT), endpoint);
            names.put(endpoint, name);
            List<String> flags = List.of("--receive.local-endpoint=" + endpoint);
            processes.add(ThanosProcess.receive(version, folder, name, address, flags));
        }
        this.hashrings = Files.writeString(folder.resolve("hashrings.json"), file);
        for (String algorithm : ALGORITHMS) {
            String address = addresses.get(RECEIVERS + doors.size());
            doors.put(algorithm, URI.create("http://" + ThanosProcess.write(address) + "/api/v1/receive"));
            List<String> flags =
                    List.of("--receive.hashrings-file=" + hashrings, "--receive.hashrings-algorithm=" + algorithm);
            processes.add(ThanosProcess.receive(version, folder, "router-" + algorithm, address, flags));
        }
        this.query = ThanosProcess.query(version, folder, addresses.getLast(), ofReceivers);
    }

    public void start() throws IOException {
        for (ThanosProcess process : processes) {
            process.start();
        }
        processes.forEach(ThanosProcess::awaitReady);
    }

    /** The file that the routers read. */
    public Path hashrings() {
        return hashrings;
    }

    /** The {@code receive_replica} of the receiver that the file names so. */
    public String receiver(String endpoint) {
        return names.getOrDefault(endpoint, "none at " + endpoint);
    }

    /** Writes through the router with this algorithm, as often as it takes: a new tenant may be refused at first. */
    public void write(String algorithm, String tenant, byte[] packed) {
        HttpRequest write = HttpRequest.newBuilder(Objects.requireNonNull(doors.get(algorithm)))
                .header("THANOS-TENANT", tenant)
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofByteArray(packed))
                .build();
        HttpResponse<String> answer = Eventually.see(
                "a write of " + tenant + " is taken",
                () -> HTTP.send(write, BodyHandlers.ofString()),
                seen -> seen.statusCode() < 500);
        if (answer.statusCode() != 200) {
            throw new AssertionError(tenant + " is answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** What lies where, asked of a Query that begins when all is written: what is new later it would see seconds late. */
    public PrometheusApi stored() throws IOException {
        query.start();
        query.awaitReady();
        return query.replicas();
    }

    @Override
    public void close() {
        query.close();
        processes.forEach(ThanosProcess::close);
    }
}

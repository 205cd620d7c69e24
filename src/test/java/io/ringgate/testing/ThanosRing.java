package io.ringgate.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Three receivers that replicate every series to all three, as in the field, and a Query in front of them. The receivers
 * differ by their address only, since one write port serves a whole ring.
 */
public final class ThanosRing implements AutoCloseable {

    private static final int RECEIVERS = 3;
    private static final int CAPNPROTO_PORT = 19391;

    private final Path folder;
    private final String program;
    private final List<String> addresses = LoopbackNet.draw(
            RECEIVERS + 1, ThanosProcess.GRPC_PORT, ThanosProcess.HTTP_PORT, ThanosProcess.WRITE_PORT, CAPNPROTO_PORT);
    private final List<ThanosProcess> receivers = new ArrayList<>();
    private final ThanosProcess query;

    /** Makes everything ready for {@link #start}. */
    ThanosRing(Path folder, ThanosProgram version, List<String> receiverFlags) throws IOException {
        this.folder = folder;
        this.program = version.path();
        Path hashrings = Files.writeString(
                folder.resolve("hashrings.json"),
                "[{\"hashring\": \"default\", \"endpoints\": [" + endpoints("\"", "\"", ", ") + "]}]\n");
        for (int i = 0; i < RECEIVERS; i++) {
            receivers.add(receiver(i, hashrings, receiverFlags));
        }
        this.query = query();
    }

    private String endpoints(String before, String after, String between) {
        return addresses.subList(0, RECEIVERS).stream()
                .map(address -> before + address + ":" + ThanosProcess.GRPC_PORT + after)
                .collect(Collectors.joining(between));
    }

    private ThanosProcess receiver(int number, Path hashrings, List<String> more) {
        String name = "thanos-receiver-" + number;
        String address = addresses.get(number);
        List<String> command = new ArrayList<>(List.of(
                program,
                "receive",
                "--http-address=" + address + ":" + ThanosProcess.HTTP_PORT,
                "--grpc-address=" + address + ":" + ThanosProcess.GRPC_PORT,
                "--remote-write.address=" + address + ":" + ThanosProcess.WRITE_PORT,
                "--receive.capnproto-address=" + address + ":" + CAPNPROTO_PORT,
                "--tsdb.path=" + folder.resolve(name + "-data"),
                "--tsdb.retention=2h",
                "--label=receive_replica=\"" + name + "\"",
                "--receive.local-endpoint=" + address + ":" + ThanosProcess.GRPC_PORT,
                "--receive.hashrings-file=" + hashrings,
                "--receive.hashrings-algorithm=ketama",
                "--receive.replication-factor=3"));
        command.addAll(more);
        return new ThanosProcess(folder, name, address, command);
    }

    private ThanosProcess query() {
        String address = addresses.get(RECEIVERS);
        List<String> command = new ArrayList<>(List.of(
                program,
                "query",
                "--http-address=" + address + ":" + ThanosProcess.HTTP_PORT,
                "--grpc-address=" + address + ":" + ThanosProcess.GRPC_PORT,
                "--query.replica-label=receive_replica",
                "--query.replica-label=prometheus_replica"));
        command.addAll(List.of(endpoints("--endpoint=", "", "\n").split("\n", -1)));
        return new ThanosProcess(folder, "thanos-query", address, command);
    }

    void start() throws IOException {
        for (ThanosProcess receiver : receivers) {
            receiver.start();
        }
        receivers.forEach(ThanosProcess::awaitReady);
        query.start();
        query.awaitReady();
    }

    public ThanosProcess receiver(int number) {
        return receivers.get(number);
    }

    public List<ThanosProcess> receivers() {
        return List.copyOf(receivers);
    }

    /** The address and port that the receiver takes writes on. */
    public String writeAddress(int number) {
        return addresses.get(number) + ":" + ThanosProcess.WRITE_PORT;
    }

    /** All of them, as lines below {@code receivers:}. */
    public String yaml() {
        return yaml(List.of(writeAddress(0), writeAddress(1), writeAddress(2)));
    }

    /** These addresses as lines below {@code receivers:}; a test puts something between the gateway and a receiver. */
    public static String yaml(List<String> writeAddresses) {
        return "  addresses: [" + String.join(", ", writeAddresses) + "]";
    }

    /** What a person sees: one series for all its replicas. Fails while a receiver does not answer. */
    public PrometheusApi deduplicated() {
        return query.api().with("&partial_response=false&dedup=true");
    }

    /** Every replica of every series, with its {@code receive_replica}. Fails while a receiver does not answer. */
    public PrometheusApi replicas() {
        return query.api().with("&partial_response=false&dedup=false");
    }

    @Override
    public void close() {
        query.close();
        receivers.forEach(ThanosProcess::close);
    }
}

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

    private final List<String> addresses;
    private final List<ThanosProcess> receivers = new ArrayList<>();
    private final ThanosProcess query;

    /** Makes everything ready for {@link #start}. */
    ThanosRing(Path folder, ThanosProgram version, List<String> receiverFlags) throws IOException {
        List<String> all = ThanosProcess.addresses(RECEIVERS + 1);
        this.addresses = all.subList(0, RECEIVERS);
        Path hashrings = Files.writeString(
                folder.resolve("hashrings.json"),
                addresses.stream()
                        .map(address -> "\"" + ThanosProcess.grpc(address) + "\"")
                        .collect(Collectors.joining(", ", "[{\"hashring\": \"default\", \"endpoints\": [", "]}]\n")));
        for (int i = 0; i < RECEIVERS; i++) {
            List<String> flags = new ArrayList<>(List.of(
                    "--receive.local-endpoint=" + ThanosProcess.grpc(addresses.get(i)),
                    "--receive.hashrings-file=" + hashrings,
                    "--receive.hashrings-algorithm=ketama",
                    "--receive.replication-factor=3"));
            flags.addAll(receiverFlags);
            receivers.add(ThanosProcess.receive(version, folder, "thanos-receiver-" + i, addresses.get(i), flags));
        }
        this.query = ThanosProcess.query(version, folder, all.get(RECEIVERS), addresses);
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
        return ThanosProcess.write(addresses.get(number));
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
        return query.replicas();
    }

    @Override
    public void close() {
        query.close();
        receivers.forEach(ThanosProcess::close);
    }
}

package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.Proto;
import io.ringgate.testing.StoredSamples;
import io.ringgate.testing.ThanosProcess;
import io.ringgate.testing.ThanosProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a tenant wrote before a receiver's restart. Thanos before 0.39 moves the tenants' folders into the one of its default
 * tenant when that is not there, and what was acknowledged is found no more.
 */
@Tag("thanos")
class ThanosLegacyStorageIT {

    private static final String BEFORE = "{phase=\"before\", tenant_id=\"acme\"}";
    private static final String AFTER = "{phase=\"after\", tenant_id=\"acme\"}";

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> addresses = ThanosProcess.addresses(2);

    @Test
    void thanos_0_37_2_loses_it_without_a_folder_of_the_default_tenant() throws Exception {
        int seen = restarted(ThanosProgram.V0_37_2, false);

        assertThat(seen).isZero();
        assertThat(data().resolve("default-tenant/acme")).isDirectory();
    }

    @Test
    void thanos_0_37_2_keeps_it_with_the_folder() throws Exception {
        int seen = restarted(ThanosProgram.V0_37_2, true);

        assertThat(seen).isEqualTo(1);
        assertThat(data().resolve("default-tenant/acme")).doesNotExist();
    }

    @Test
    void thanos_0_42_4_keeps_it_without() throws Exception {
        assertThat(restarted(ThanosProgram.V0_42_4, false)).isEqualTo(1);
    }

    /** Writes, restarts the receiver and writes again: how many of the first series are found once the second one is. */
    private int restarted(ThanosProgram version, boolean folder) throws Exception {
        if (folder) {
            Files.createDirectories(data().resolve("default-tenant"));
        }
        ThanosProcess receiver =
                rig.with(ThanosProcess.receive(version, rig.folder(), "receiver", addresses.getFirst(), List.of()));
        receiver.start();
        receiver.awaitReady();
        write("before");
        receiver.kill();
        receiver.restart();
        write("after");
        ThanosProcess query =
                rig.with(ThanosProcess.query(version, rig.folder(), addresses.getLast(), addresses.subList(0, 1)));
        query.start();
        query.awaitReady();
        StoredSamples.seenBy(query.replicas()).series(AFTER, 1);
        return query.replicas().samples(BEFORE).size();
    }

    private Path data() {
        return rig.folder().resolve("receiver-data");
    }

    /** As often as it takes: the first write of a new tenant may be refused. */
    private void write(String phase) {
        byte[] packed = Proto.write(Proto.series("__name__", "up", "phase", phase)
                        .message(2, Proto.sample(1, System.currentTimeMillis())))
                .packed();
        HttpRequest write = HttpRequest.newBuilder(
                        URI.create("http://" + ThanosProcess.write(addresses.getFirst()) + "/api/v1/receive"))
                .header("THANOS-TENANT", "acme")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed))
                .build();
        Eventually.see(
                "a write is acknowledged",
                () -> client.send(write, HttpResponse.BodyHandlers.ofString()).statusCode(),
                status -> status == 200);
    }
}

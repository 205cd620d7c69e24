package io.ringgate.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.FreePort;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.ThanosProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What k8s/RUNBOOKS.md asks receivers for while their ring changes is on the page of every version, and names no hash of one. */
@Tag("k8s")
@Tag("thanos")
class RingSizeIT {

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource
    void a_receiver_shows_how_many_its_ring_has(ThanosProgram version) throws Exception {
        String http = "127.0.0.1:" + FreePort.next();
        List<String> command = List.of(
                version.path(),
                "receive",
                "--http-address=" + http,
                "--grpc-address=127.0.0.1:" + FreePort.next(),
                "--remote-write.address=127.0.0.1:" + FreePort.next(),
                "--receive.capnproto-address=127.0.0.1:" + FreePort.next(),
                "--tsdb.path=" + scratch.resolve("data"),
                "--label=receive_replica=\"a\"",
                "--receive.hashrings-file="
                        + Kustomize.FILES
                                .resolve("base/receivers/hashrings.json")
                                .toAbsolutePath());
        try (LiveThanos receiver = new LiveThanos(command, scratch.resolve("receive.log"), http)) {
            receiver.awaitAnswer("/-/healthy");
            assertThat(new ScrapedPage(receiver.metrics()).sum("thanos_receive_hashring_nodes"))
                    .isEqualTo(3);
        }
    }

    /** Of the same file newer versions make another number. */
    @Test
    void the_runbooks_compare_no_hash_of_a_receiver() throws Exception {
        assertThat(Files.readString(Runbook.FILE))
                .contains("thanos_receive_hashring_nodes")
                .doesNotContain("thanos_receive_config_hash");
    }
}

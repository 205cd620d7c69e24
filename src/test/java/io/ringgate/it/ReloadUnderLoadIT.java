package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.ReceivedWrite;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.TestCertificates;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of file is written anew, again and again, while clients write: no failed write, no dropped connection, no half state. */
class ReloadUnderLoadIT {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 8;

    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger stored = new AtomicInteger();
    private final Queue<Object> failures = new ConcurrentLinkedQueue<>();

    @Test
    void nobody_who_writes_notices(@TempDir Path folder) throws Exception {
        TestCertificates certificates = new TestCertificates(Files.createDirectory(folder.resolve("tls")))
                .issue("server", "DNS:localhost", "IP:127.0.0.1");
        for (int i = 0; i < 2; i++) {
            certificates.issue("next" + i, "DNS:localhost", "IP:127.0.0.1");
        }
        try (StandInReceiver one = StandInReceiver.start("127.0.0.1");
                StandInReceiver two = StandInReceiver.start("127.0.0.2", one.port());
                TestGateway gateway = TestGateway.in(folder)
                        .certificates(certificates)
                        .hashrings(ring(0), one.port())
                        .edge("berlin", "team-a", "    labels: {left: \"0\", right: \"0\"}")
                        .settings("body: {max_packed: 1MiB}")
                        .limits("team-a", "samples_per_second: 1000000")
                        .start()) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                boolean tls = i % 2 == 0;
                clients.add(Thread.ofPlatform().start(() -> writeOnOneConnection(gateway, tls)));
            }
            Await.until("everybody writes", () -> stored.get() > CLIENTS);
            for (int round = 1; round <= ROUNDS; round++) {
                editEverything(gateway, certificates, round);
                assertThat(gateway.reload()).doesNotContain("refused");
                int before = stored.get();
                Await.until(
                        "writes go on in round " + round, () -> stored.get() > before + CLIENTS || !failures.isEmpty());
            }
            enough.set(true);
            for (Thread client : clients) {
                client.join();
            }

            assertThat(failures).isEmpty();
            List<ReceivedWrite> received = new ArrayList<>(one.received());
            received.addAll(two.received());
            assertThat(received).hasSize(stored.get());
            assertThat(generations(received)).hasSizeGreaterThan(ROUNDS / 2);
            for (String unit : List.of(
                    "gateway",
                    "identities",
                    "rings",
                    "limits/team-a.yaml",
                    "certificate " + certificates.certificate("server"))) {
                assertThat(gateway.metric("ringgate_config_reloads_total{outcome=\"applied\",unit=\"" + unit + "\"}"))
                        .as(unit)
                        .isGreaterThanOrEqualTo(ROUNDS);
            }
        }
    }

    /** Two endpoints and one, in turns. */
    private static String ring(int round) {
        String more = round % 2 == 0 ? ", \"127.0.0.2:10901\"" : "";
        return "[{\"hashring\": \"round-" + round + "\", \"endpoints\": [\"127.0.0.1:10901\"" + more + "]}]";
    }

    private static void editEverything(TestGateway gateway, TestCertificates certificates, int round)
            throws IOException {
        gateway.edit(
                "ringgate.yaml", text -> text.replaceAll("max_packed: \\d+MiB", "max_packed: " + (1 + round) + "MiB"));
        gateway.edit("edges.yaml", text -> text.replaceAll("(left|right): \"\\d+\"", "$1: \"" + round + "\""));
        gateway.edit("hashrings.json", text -> ring(round));
        gateway.edit("limits/team-a.yaml", text -> "samples_per_second: " + (1_000_000 + round) + "\n");
        Files.writeString(gateway.file("htpasswd"), "berlin:" + Md5Crypt.apr1Crypt(TestGateway.PASSWORD) + "\n");
        String next = "next" + round % 2;
        Files.copy(
                certificates.certificate(next),
                certificates.certificate("server"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(certificates.key(next), certificates.key("server"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void writeOnOneConnection(TestGateway gateway, boolean tls) {
        try (RawClient client =
                tls ? RawClient.tls(gateway.tlsPort(), gateway.ca()) : RawClient.plain(gateway.plainPort())) {
            while (!enough.get()) {
                RawAnswer answer = client.send(Request.write("berlin", UP)).answer();
                if (answer.status() == 204) {
                    stored.incrementAndGet();
                } else {
                    failures.add(answer);
                }
            }
        } catch (IOException | RuntimeException e) {
            failures.add(e);
        }
    }

    /** The generations that were stamped; a write has one, not half of one and half of another. */
    private static Set<String> generations(List<ReceivedWrite> received) {
        Set<String> seen = new HashSet<>();
        for (ReceivedWrite write : received) {
            List<String> labels = write.series().getFirst().labels();
            String left = value(labels, "left=");
            assertThat(value(labels, "right=")).isEqualTo(left);
            seen.add(left);
        }
        return seen;
    }

    private static String value(List<String> labels, String name) {
        return labels.stream()
                .filter(label -> label.startsWith(name))
                .map(label -> label.substring(name.length()))
                .findFirst()
                .orElseThrow();
    }
}

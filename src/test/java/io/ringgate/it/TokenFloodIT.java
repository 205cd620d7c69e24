package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.StandInProvider;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four sources with bad tokens keep every question to the provider busy: it takes four at a time, one from each source, and
 * answers after 100 ms. Agents with good tokens still get in.
 */
class TokenFloodIT {

    private static final String GOOD = "{\"active\":true,\"client_id\":\"berlin\"}";
    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final int SOURCES = 4;
    private static final int CONNECTIONS = 3;
    private static final int TRIES = 20;
    private static final Executor AFTER = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<RawClient> clients = new ArrayList<>();
    private final List<Thread> flood = new ArrayList<>();
    private StandInProvider provider;
    private StandInReceiver receiver;
    private TestGateway gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        provider = StandInProvider.start();
        receiver = StandInReceiver.start();
        Files.writeString(folder.resolve("introspection-secret"), "marked\n");
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .tokens("introspection: {url: \"" + provider.url() + "\", unsafe_plaintext: true, client_id: ringgate,"
                        + " client_secret_file: introspection-secret, timeout: 3s, max_concurrent: " + SOURCES + "}\n")
                .entry("{name: berlin, tenant: team-a, credentials: [{oauth2: {claims: {client_id: berlin}}}]}")
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        over.set(true);
        for (Thread one : flood) {
            one.join();
        }
        for (RawClient client : clients) {
            client.close();
        }
        gateway.close();
        receiver.close();
        provider.close();
    }

    /** The provider's answer comes 100 ms after the question. */
    private void says(String token, String json) {
        provider.does(token, new Reply.Fitting(question -> {
            CountDownLatch gate = new CountDownLatch(1);
            AFTER.execute(gate::countDown);
            return new Reply.After(gate, StandInProvider.json(json));
        }));
    }

    private static InetAddress source(int number) throws IOException {
        return InetAddress.getByName("127.0.0." + number);
    }

    private int write(int source, String token) throws IOException {
        try (RawClient client = RawClient.plain(gateway.plainPort(), source(source))) {
            return write(client, token);
        }
    }

    private static int write(RawClient client, String token) throws IOException {
        return client.send(Request.write("nobody", UP).header("Authorization", "Bearer " + token))
                .answer()
                .status();
    }

    private void flood() throws IOException {
        for (int i = 0; i < SOURCES * CONNECTIONS; i++) {
            String name = "bad-" + i + "-";
            RawClient client = RawClient.plain(gateway.plainPort(), source(2 + i % SOURCES));
            clients.add(client);
            flood.add(Thread.ofVirtual().start(() -> showBadTokens(client, name)));
        }
        Await.until("bad tokens are refused", () -> refused.get() > SOURCES * CONNECTIONS);
    }

    private void showBadTokens(RawClient client, String name) {
        try {
            for (int i = 0; !over.get(); i++) {
                says(name + i, "{\"active\":false}");
                if (write(client, name + i) == 401) {
                    refused.incrementAndGet();
                }
            }
        } catch (IOException closed) {
            over.set(true);
        }
    }

    private List<Integer> tryFrom(int source) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            String token = "good-" + source + "-" + i;
            says(token, GOOD);
            statuses.add(write(source, token));
        }
        return statuses;
    }

    @Test
    void an_agent_that_has_authenticated_before_gets_in_at_once() throws Exception {
        says("first", GOOD);
        assertThat(write(1, "first")).isEqualTo(204);
        flood();

        assertThat(tryFrom(1)).hasSize(TRIES).containsOnly(204);
        assertThat(over).isFalse();
    }

    @Test
    void an_agent_that_is_new_gets_in_before_those_that_failed() throws Exception {
        flood();

        assertThat(tryFrom(9)).hasSize(TRIES).containsOnly(204);
        assertThat(over).isFalse();
    }
}

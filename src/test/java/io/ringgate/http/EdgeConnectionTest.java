package io.ringgate.http;

import static io.ringgate.http.EdgeRig.answer;
import static io.ringgate.http.EdgeRig.send;
import static io.ringgate.http.EdgeRig.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ringgate.auth.Verdict;
import io.ringgate.config.ConnectionLimits;
import io.ringgate.forward.Outcome;
import io.ringgate.http.connections.TrustedProxies;
import io.ringgate.testing.Proto;
import io.ringgate.testing.TestEdges;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeConnectionTest {

    private static final byte[] UP = Proto.write(Proto.gauge("__name__", "up")).packed();
    private static final String READY = "GET /-/ready HTTP/1.1\nHost: a\n";
    private static final String CLOSE = "Connection: close";

    private final EdgeRig rig =
            new EdgeRig(new ConnectionLimits(OptionalInt.of(1_000), 1_000, 1, Duration.ofSeconds(100)));
    private final List<EmbeddedChannel> channels = new ArrayList<>();

    private EmbeddedChannel connect() {
        return kept(rig.connect());
    }

    private EmbeddedChannel kept(EmbeddedChannel channel) {
        channels.add(channel);
        return channel;
    }

    @AfterEach
    void everything_is_given_back() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
        assertThat(rig.loop.watchdog().size()).isZero();
        assertThat(rig.connections.open()).isZero();
        assertThat(rig.connections.unfinishedBytes()).isZero();
        assertThat(rig.budget.used()).isZero();
        assertThat(rig.concurrency.total()).isZero();
    }

    @Test
    void a_credential_that_is_not_checked_in_time_is_a_503() {
        Promise<Verdict> later = Promise.promise();
        rig.verdict = later.future();
        EmbeddedChannel client = connect();
        write(client, UP);

        rig.after(24.9);
        assertThat(answer(client)).isEmpty();
        rig.after(0.2);

        assertThat(answer(client))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: ", "was not verified within timeouts.write_deadline");
        later.complete(TestEdges.known("berlin", "team-a"));
        send(client, READY);
        assertThat(answer(client)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void heads_that_never_end_are_kept_up_to_a_size_together_and_whole_ones_go_on() {
        byte[] begun = "GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII);
        byte[] most = Arrays.copyOf(begun, 30_000);
        Arrays.fill(most, begun.length, most.length, (byte) 'x');
        for (int i = 0; i < 400; i++) {
            connect().writeInbound(Unpooled.wrappedBuffer(most.clone()));
        }
        EmbeddedChannel honest = connect();
        send(honest, READY);

        assertThat(answer(honest)).startsWith("HTTP/1.1 200 ");
        channels.forEach(EmbeddedChannel::runPendingTasks);
        long bound = EdgeRig.DIRECT_MEMORY / 8;
        assertThat(rig.connections.unfinishedBytes()).isBetween(bound - 40_000, bound);
        assertThat(channels.stream().filter(EmbeddedChannel::isOpen)).hasSizeBetween(100, 150);
    }

    @Test
    void an_answer_that_no_memory_is_left_for_ends_the_connection() {
        EmbeddedChannel client = connect();
        write(client, UP);
        rig.outOfMemory = true;

        rig.receiver().accept(new Outcome.Failed("a receiver broke"));

        assertThat(client.isOpen()).isFalse();
        assertThat(rig.connections.open()).isZero();
    }

    @Test
    void so_does_a_refusal_by_the_watchdog() {
        EmbeddedChannel client = connect();
        send(client, """
                POST /api/v1/write HTTP/1.1
                Host: a
                Authorization: x
                Content-Type: application/x-protobuf
                Content-Encoding: snappy
                Content-Length: 1000
                """);
        rig.outOfMemory = true;

        rig.after(26);

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void a_connection_that_fails_under_the_watchdog_does_not_keep_it_from_the_next() {
        for (int i = 0; i < 5; i++) {
            connect();
        }
        boolean[] failed = {false};
        rig.draining = () -> {
            if (!failed[0]) {
                failed[0] = true;
                throw new IllegalStateException("once");
            }
            return true;
        };

        rig.after(1);
        assertThat(channels).filteredOn(c -> !c.isOpen()).hasSize(1);
        rig.after(3);

        assertThat(channels).noneMatch(EmbeddedChannel::isOpen);
    }

    @Test
    void an_old_connection_ends_with_its_next_answer() {
        EmbeddedChannel client = connect();
        rig.now += 79 * EdgeRig.SECOND;
        send(client, READY);
        assertThat(answer(client)).doesNotContain(CLOSE);
        rig.now += 2 * EdgeRig.SECOND;

        send(client, READY);

        assertThat(answer(client)).startsWith("HTTP/1.1 200 ").contains(CLOSE);
        rig.after(3);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void an_old_connection_that_is_silent_for_long_does_not_wait_for_an_answer() {
        EmbeddedChannel client = connect();
        rig.now += 79 * EdgeRig.SECOND;
        send(client, READY);
        answer(client);

        rig.after(29);
        send(client, "");
        rig.after(2.5);
        rig.after(2.5);

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void an_idle_connection_ends_when_the_gateway_drains() {
        EmbeddedChannel client = connect();
        send(client, READY);
        answer(client);
        rig.after(1);
        assertThat(client.isOpen()).isTrue();

        rig.draining = () -> true;
        rig.after(0.3);
        rig.after(2.1);

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void a_request_in_progress_is_served_while_the_gateway_drains() {
        EmbeddedChannel client = connect();
        write(client, UP);
        rig.draining = () -> true;
        rig.after(3);

        rig.receiver().accept(new Outcome.Stored());

        assertThat(answer(client)).startsWith("HTTP/1.1 204 ").contains(CLOSE);
    }

    @Test
    void one_connection_more_than_an_edge_may_have_is_a_503_and_the_end() {
        EmbeddedChannel first = connect();
        write(first, UP);
        rig.receiver().accept(new Outcome.Stored());
        EmbeddedChannel second = connect();

        write(second, UP);

        assertThat(answer(second)).startsWith("HTTP/1.1 503 ").contains(CLOSE, "max_connections allows 1");
        first.close();
        EmbeddedChannel third = connect();
        write(third, UP);
        assertThat(rig.waiting).hasSize(1);
        rig.receiver().accept(new Outcome.Stored());
        assertThat(answer(third)).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void another_name_is_told_so_before_anybody_looks_at_the_credential() {
        rig.verdict = Future.failedFuture("looked at");
        EmbeddedChannel client = kept(rig.connect(
                new ListenerSettings(HostNames.of(List.of("receive.example")), null, TrustedProxies.NONE, null)));

        write(client, UP);

        assertThat(answer(client))
                .startsWith("HTTP/1.1 421 Misdirected Request")
                .contains("unknown host a: ");
        send(client, READY);
        assertThat(answer(client)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_redirect_names_host_path_and_query_and_reads_no_body() {
        EmbeddedChannel client = kept(
                rig.connect(new ListenerSettings(HostNames.any(), new Redirect(19_291), TrustedProxies.NONE, null)));

        send(client, "POST /api/v1/write?a=b HTTP/1.1\nHost: Receive.example:80\nContent-Length: 3\n", new byte[3]);

        assertThat(answer(client))
                .startsWith("HTTP/1.1 308 Permanent Redirect\r\n")
                .contains("Location: https://Receive.example:19291/api/v1/write?a=b\r\n")
                .doesNotContain(CLOSE);
        send(client, "HEAD / HTTP/1.1\nHost: [::1]\n");
        assertThat(answer(client))
                .contains("Location: https://[::1]:19291/\r\n")
                .endsWith("\r\n\r\n");
        send(client, "OPTIONS * HTTP/1.1\nHost: a\n");
        assertThat(answer(client)).contains("Location: https://a:19291/\r\n");
        send(client, READY);
        assertThat(answer(client)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void the_usual_port_is_left_out() {
        EmbeddedChannel client =
                kept(rig.connect(new ListenerSettings(HostNames.any(), new Redirect(443), TrustedProxies.NONE, null)));

        send(client, "GET / HTTP/1.1\nHost: a\n");

        assertThat(answer(client)).contains("Location: https://a/\r\n");
    }

    @Test
    void a_redirect_without_a_host_is_a_400() {
        for (String head : List.of("GET / HTTP/1.0\n", "GET / HTTP/1.1\nHost: a_(b)\n")) {
            EmbeddedChannel client = kept(
                    rig.connect(new ListenerSettings(HostNames.any(), new Redirect(443), TrustedProxies.NONE, null)));

            send(client, head);

            assertThat(answer(client))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("has no valid Host header")
                    .doesNotContain("Location");
        }
    }

    @Test
    void a_redirect_does_not_lead_to_hosts_that_are_not_ours() {
        EmbeddedChannel client = kept(rig.connect(new ListenerSettings(
                HostNames.of(List.of("receive.example")), new Redirect(443), TrustedProxies.NONE, null)));

        send(client, "GET / HTTP/1.1\nHost: elsewhere.example\n");

        assertThat(answer(client)).startsWith("HTTP/1.1 421 ").doesNotContain("Location");
    }

    @Test
    void a_client_that_asks_much_at_once_is_served_one_request_a_turn() {
        EmbeddedChannel client = connect();
        client.freezeTime();
        byte[] three = (READY.replace("\n", "\r\n") + "\r\n").repeat(3).getBytes(StandardCharsets.US_ASCII);
        client.writeInbound(Unpooled.wrappedBuffer(three));
        StringBuilder answers = new StringBuilder(answer(client));
        assertThat(answers.toString().split("HTTP/1.1 200 ")).hasSize(2);
        for (int turn = 0; turn < 2; turn++) {
            client.advanceTimeBy(PipeliningPause.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            client.runPendingTasks();
            answers.append(answer(client));
        }

        assertThat(answers.toString().split("HTTP/1.1 200 ")).hasSize(4);
        assertThat(rig.connections.unfinishedBytes()).isZero();
    }

    @Test
    void what_fails_in_a_turn_of_its_own_ends_the_connection_too() {
        EmbeddedChannel client = connect();
        client.freezeTime();
        byte[] two = (READY.replace("\n", "\r\n") + "\r\n").repeat(2).getBytes(StandardCharsets.US_ASCII);
        client.writeInbound(Unpooled.wrappedBuffer(two));
        assertThat(answer(client)).startsWith("HTTP/1.1 200 ");
        rig.outOfMemory = true;

        client.advanceTimeBy(PipeliningPause.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        client.runPendingTasks();

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void nothing_more_is_read_of_a_client_that_does_not_take_its_answer() {
        EmbeddedChannel client = connect();
        List<ByteBuf> untaken = new ArrayList<>();
        List<ChannelPromise> promises = new ArrayList<>();
        client.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                untaken.add((ByteBuf) message);
                promises.add(promise);
            }
        });
        for (int i = 0; i < 5; i++) {
            send(client, READY);
        }
        client.runPendingTasks();
        assertThat(untaken).hasSize(1);

        promises.getFirst().setSuccess();
        client.runPendingTasks();

        assertThat(untaken).hasSize(2);
        untaken.forEach(ByteBuf::release);
    }
}

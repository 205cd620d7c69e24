package io.ringgate.http;

import static io.ringgate.http.EdgeRig.answer;
import static io.ringgate.http.EdgeRig.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ringgate.config.ConnectionLimits;
import io.ringgate.edge.EdgeName;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body of the edge berlin that comes byte by byte. No minimum rate is configured. */
class SlowBodyTest {

    private static final int MOST = 8 << 20;

    /** Of 7 MiB, so that the write holds more than 8 MiB of the 16. */
    private static final byte[] PREFACE = {(byte) 0x80, (byte) 0x80, (byte) 0xC0, 3, 0};

    private final EdgeRig rig = new EdgeRig(new ConnectionLimits(OptionalInt.of(10), 10, 10, Duration.ofSeconds(100)));
    private final EmbeddedChannel client = rig.connect();

    @BeforeEach
    void begin() {
        send(client, """
                POST /api/v1/write HTTP/1.1
                Host: a
                Authorization: x
                Content-Type: application/x-protobuf
                Content-Encoding: snappy
                Content-Length: 350000
                """);
    }

    @AfterEach
    void everything_is_given_back() {
        client.finishAndReleaseAll();
        assertThat(rig.budget.used()).isZero();
        assertThat(rig.concurrency.total()).isZero();
    }

    private void drop(byte... bytes) {
        client.writeInbound(Unpooled.wrappedBuffer(bytes));
        client.runPendingTasks();
    }

    private void refuse(String edge) {
        assertThat(rig.budget.reserve(rig.edges.of(new EdgeName(edge)).share(), 1, MOST, rig.now))
                .isNull();
    }

    @Test
    void it_ends_after_five_seconds_while_another_edge_needs_memory() {
        drop(PREFACE);
        assertThat(rig.budget.used()).isGreaterThan(MOST);
        rig.after(4.9);
        refuse("seoul");
        rig.after(0.05);
        assertThat(answer(client)).isEmpty();

        rig.after(0.1);

        assertThat(answer(client))
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: ", "Connection: close", "while other edges need memory");
        assertThat(rig.budget.used()).isZero();
        rig.after(3);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void it_goes_on_until_the_deadline_while_nobody_does() {
        drop(PREFACE);
        refuse("seoul");
        rig.after(8);
        rig.after(16);
        assertThat(answer(client)).isEmpty();

        rig.after(2);

        assertThat(answer(client)).startsWith("HTTP/1.1 503 ").contains("not complete after 25 s");
    }

    @Test
    void an_edge_does_not_hurry_itself() {
        drop(PREFACE);
        rig.after(6);
        refuse("berlin");
        rig.after(0.5);

        assertThat(answer(client)).isEmpty();
    }

    @Test
    void a_body_that_holds_nothing_yet_harms_nobody() {
        rig.after(6);
        var other = rig.budget.reserve(rig.edges.of(new EdgeName("lima")).share(), 1, 12 << 20, rig.now);
        refuse("seoul");
        rig.after(0.5);

        assertThat(answer(client)).isEmpty();
        assertThat(other).isNotNull();
        other.release();
    }
}

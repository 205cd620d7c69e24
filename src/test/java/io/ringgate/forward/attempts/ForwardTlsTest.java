package io.ringgate.forward.attempts;

import static io.ringgate.forward.attempts.FakeReceiver.answer;
import static io.ringgate.forward.attempts.FakeReceiver.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.ringgate.forward.Outcome;
import io.ringgate.forward.connections.ReceiverTls;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardTlsTest {

    @TempDir
    static Path folder;

    private static TlsFiles tls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = TlsFiles.create(folder);
    }

    @Test
    void a_big_body_arrives_whole_and_the_connection_is_kept() throws Exception {
        try (FakeReceiver receiver = new FakeReceiver(tls.server(), answering(answer(204, "")));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, tls.trusting(), receiver.port())) {
            assertThat(rig.send(ForwardRig.body(5 << 20))).isEqualTo(new Outcome.Stored());
            assertThat(rig.send()).isEqualTo(new Outcome.Stored());

            assertThat(receiver.connections()).isEqualTo(1);
            assertThat(receiver.requests().getFirst().body())
                    .isEqualTo(ForwardRig.body(5 << 20).nioBuffer());
        }
    }

    @Test
    void a_certificate_that_is_not_trusted_is_no_connection() throws Exception {
        try (FakeReceiver receiver = new FakeReceiver(tls.server(), answering(answer(204, "")));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, TlsFiles.untrusting(), receiver.port())) {
            assertThat(rig.send())
                    .isInstanceOfSatisfying(
                            Outcome.Unavailable.class,
                            u -> assertThat(u.cause()).contains("TLS handshake failed"));
            assertThat(receiver.requests()).isEmpty();
            assertThat(rig.receiver(0).health().isUnreachable()).isTrue();
        }
    }

    @Test
    void tls_that_cannot_be_set_up_is_no_connection() throws Exception {
        ReceiverTls broken = (allocator, peer, port) -> {
            throw new IllegalStateException("no key");
        };
        ByteBuf body = ForwardRig.body(10);
        try (FakeReceiver receiver = new FakeReceiver(tls.server(), answering(answer(204, "")));
                ForwardRig rig = new ForwardRig(ForwardRig.LONG, broken, receiver.port())) {
            assertThat(rig.send(body)).isInstanceOf(Outcome.Unavailable.class);
            assertThat(body.refCnt()).isZero();
        }
    }

    @Test
    void a_receiver_that_stops_reading_keeps_nothing() throws Exception {
        CountDownLatch judged = new CountDownLatch(1);
        ByteBuf body = ForwardRig.body(20 << 20);
        FakeReceiver.Script deaf = peer -> {
            peer.in().readNBytes(1_000);
            judged.await();
        };
        try (FakeReceiver receiver = new FakeReceiver(tls.server(), deaf);
                ForwardRig rig = new ForwardRig(ForwardRig.SHORT, tls.trusting(), receiver.port())) {
            Outcome outcome = rig.send(body);
            rig.hold(new CountDownLatch(0));

            assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
            assertThat(body.refCnt()).isZero();
            assertThat(rig.connections()).as("closed without a TLS goodbye").isZero();
            judged.countDown();
        }
    }
}

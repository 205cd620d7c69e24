package io.ringgate.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.ringgate.config.CertificateFiles;
import io.ringgate.config.TlsVersion;
import io.ringgate.testing.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records in pieces of every kind: what is held of them, and that the connection is the same as in one piece. */
class TlsRecordReaderTest implements TlsRecordReader.Owner {

    @TempDir
    static Path folder;

    private static TestCertificates files;

    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private boolean admits = true;
    private int held;
    private int mostHeld;

    @BeforeAll
    static void makeCertificates() {
        files = new TestCertificates(folder).issue("one", "DNS:one.example.com").issueRsa("two", "DNS:two.example.com");
    }

    @Override
    public boolean admitsHandshake() {
        return admits;
    }

    @Override
    public void holds(int bytes) {
        held = bytes;
        mostHeld = Math.max(mostHeld, bytes);
    }

    @AfterEach
    void everything_is_released() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    private EmbeddedChannel kept(EmbeddedChannel channel) {
        channels.add(channel);
        return channel;
    }

    private EmbeddedChannel server(TlsEngine engine) throws TlsProblem {
        List<CertificateFiles> pairs = List.of(
                new CertificateFiles(files.certificate("one"), files.key("one")),
                new CertificateFiles(files.certificate("two"), files.key("two")));
        return kept(new EmbeddedChannel(
                ServerTls.load(engine, pairs, TlsVersion.TLS_1_2).newReader(Duration.ofSeconds(10), this)));
    }

    private EmbeddedChannel client(String host) throws TlsProblem {
        return kept(new EmbeddedChannel(
                ClientTls.load(TlsEngine.JDK, files.ca()).newHandler(UnpooledByteBufAllocator.DEFAULT, host, 443)));
    }

    private static byte[] outbound(EmbeddedChannel from) {
        from.runPendingTasks();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            all.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }
        return all.toByteArray();
    }

    /** To the server in pieces, back in one, until neither has more to say. */
    private static void exchange(EmbeddedChannel client, EmbeddedChannel server, SplittableRandom pieces, int largest) {
        while (true) {
            byte[] asked = outbound(client);
            for (int at = 0; at < asked.length; ) {
                int end = Math.min(asked.length, at + pieces.nextInt(1, largest + 1));
                server.writeInbound(Unpooled.copiedBuffer(asked, at, end - at));
                at = end;
            }
            byte[] answered = outbound(server);
            if (asked.length + answered.length == 0) {
                return;
            }
            client.writeInbound(Unpooled.wrappedBuffer(answered));
        }
    }

    private static byte[] plain(EmbeddedChannel server) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf bytes = server.readInbound(); bytes != null; bytes = server.readInbound()) {
            all.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void whatever_the_pieces_are_what_was_sent_arrives(TlsEngine engine) throws Exception {
        long seed = System.nanoTime();
        for (int largest : new int[] {1, 7, 900, 5_000, 40_000}) {
            SplittableRandom random = new SplittableRandom(seed + largest);
            EmbeddedChannel server = server(engine);
            EmbeddedChannel client = client("two.example.com");
            exchange(client, server, random, largest);
            assertThat(held).as("after the handshake").isZero();
            X509Certificate shown = (X509Certificate) client.pipeline()
                    .get(SslHandler.class)
                    .engine()
                    .getSession()
                    .getPeerCertificates()[0];
            assertThat(shown.getSubjectX500Principal().getName())
                    .as("seed %s", seed)
                    .isEqualTo("CN=two");

            byte[] sent = new byte[100_000];
            random.nextBytes(sent);
            mostHeld = 0;
            client.writeOutbound(Unpooled.copiedBuffer(sent));
            exchange(client, server, random, largest);

            assertThat(plain(server))
                    .as("seed %s, pieces of up to %s", seed, largest)
                    .isEqualTo(sent);
            assertThat(held).isZero();
            assertThat(mostHeld).isLessThanOrEqualTo(32 << 10);
        }
    }

    private static byte[] hello(EmbeddedChannel client) {
        return outbound(client);
    }

    /** The one record as several, each with a header of its own. */
    private static byte[] inRecordsOf(int fragment, byte[] record) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 5; at < record.length; at += fragment) {
            int length = Math.min(fragment, record.length - at);
            all.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            all.write(record, at, length);
        }
        return all.toByteArray();
    }

    @Test
    void the_server_name_is_found_in_a_hello_of_many_records() throws Exception {
        for (int fragment : new int[] {1, 3, 50, 200}) {
            EmbeddedChannel server = server(TlsEngine.BORINGSSL);
            byte[] hello = inRecordsOf(fragment, hello(client("two.example.com")));
            server.writeInbound(Unpooled.copiedBuffer(hello, 0, hello.length - 1));
            assertThat(server.pipeline().get(SslHandler.class)).isNull();
            assertThat(held).isGreaterThanOrEqualTo(hello.length - 1);

            server.writeInbound(Unpooled.copiedBuffer(hello, hello.length - 1, 1));

            assertThat(server.pipeline().get(SslHandler.class))
                    .as("records of %s", fragment)
                    .isNotNull();
        }
    }

    @Test
    void a_hello_is_held_as_it_arrives_whatever_it_declares() throws Exception {
        EmbeddedChannel server = server(TlsEngine.BORINGSSL);
        server.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex("1603014000010000fc0303")));

        assertThat(held).isBetween(11, 64);
        assertThat(server.isOpen()).isTrue();
    }

    private void fails(EmbeddedChannel server, byte[] bytes, String words) {
        assertThatThrownBy(() -> {
                    server.writeInbound(Unpooled.wrappedBuffer(bytes));
                    server.checkException();
                })
                .isInstanceOf(SSLException.class)
                .hasMessageContaining(words);
    }

    @Test
    void what_declares_more_than_a_hello_or_a_record_may_have_fails_at_once() throws Exception {
        fails(server(TlsEngine.BORINGSSL), HexFormat.of().parseHex("16030100060100fde80303"), "a ClientHello of 65000");
        fails(server(TlsEngine.BORINGSSL), HexFormat.of().parseHex("160301ffff01"), "a TLS record of 65535");
        fails(server(TlsEngine.BORINGSSL), HexFormat.of().parseHex("1604010006"), "no TLS record");
        byte[] endless = HexFormat.of().parseHex("160301000401003e80" + "160301000100".repeat(2_800));
        fails(server(TlsEngine.BORINGSSL), endless, "in more than 16384 bytes");
    }

    @Test
    void a_record_in_the_middle_of_a_connection_is_no_larger_either() throws Exception {
        EmbeddedChannel server = server(TlsEngine.JDK);
        exchange(client("one.example.com"), server, new SplittableRandom(1), 9_000);

        fails(server, HexFormat.of().parseHex("170303fff0"), "a TLS record of 65520");
    }

    /** BoringSSL by itself keeps a client's certificates up to 100 KB. */
    @Test
    void a_handshake_that_brings_too_much_is_ended() throws Exception {
        ServerTls asking = ServerTls.of(
                TlsEngine.BORINGSSL,
                List.of(ServerCertificate.load(new CertificateFiles(files.certificate("one"), files.key("one")))),
                TlsVersion.TLS_1_2,
                new ClientCertificatePolicy(false, new ClientAuthorities(System::currentTimeMillis)));
        EmbeddedChannel server = kept(new EmbeddedChannel(asking.newReader(Duration.ofSeconds(10), this)));
        SslHandler oldClient = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.2")
                .build()
                .newHandler(UnpooledByteBufAllocator.DEFAULT, "one.example.com", 443);
        server.writeInbound(Unpooled.wrappedBuffer(hello(kept(new EmbeddedChannel(oldClient)))));
        byte[] certificates = new byte[5 + 16_384];
        System.arraycopy(HexFormat.of().parseHex("16030340000b018600"), 0, certificates, 0, 9);
        for (int i = 0; i < 3; i++) {
            server.writeInbound(Unpooled.copiedBuffer(certificates));
            server.checkException();
        }
        assertThat(held).isBetween(48 << 10, 64 << 10);

        fails(server, certificates, "a handshake of more than 65536 bytes");
    }

    @Test
    void who_may_not_begin_a_handshake_is_closed_before_there_is_an_engine() throws Exception {
        admits = false;
        EmbeddedChannel server = server(TlsEngine.BORINGSSL);
        server.writeInbound(Unpooled.wrappedBuffer(hello(client("one.example.com"))));

        assertThat(server.isOpen()).isFalse();
        assertThat(outbound(server)).isEmpty();
    }

    @Test
    void rubbish_in_a_hello_has_no_name_and_goes_to_the_engine() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = new byte[random.nextInt(4, 120)];
            random.nextBytes(message);
            message[0] = 1;
            message[1] = 0;
            message[2] = 0;
            message[3] = (byte) (message.length - 4);
            byte[] record = new byte[message.length + 5];
            System.arraycopy(new byte[] {22, 3, 1, 0, (byte) message.length}, 0, record, 0, 5);
            System.arraycopy(message, 0, record, 5, message.length);

            assertThat(ClientHello.read(Unpooled.wrappedBuffer(record))).isInstanceOf(ClientHello.Whole.class);
            assertThat(ClientHello.read(Unpooled.wrappedBuffer(Arrays.copyOf(record, record.length - 1))))
                    .isInstanceOf(ClientHello.Incomplete.class);
        }
    }

    @Test
    void what_is_no_handshake_is_not_waited_for() {
        byte[] alert = HexFormat.of().parseHex("15030100020128");
        assertThat(ClientHello.read(Unpooled.wrappedBuffer(alert))).isEqualTo(new ClientHello.Whole(null));
        byte[] other = "\026\003\001\000\004\002\000\000\000".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ClientHello.read(Unpooled.wrappedBuffer(other))).isEqualTo(new ClientHello.Whole(null));
    }
}

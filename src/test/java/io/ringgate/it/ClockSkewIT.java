package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringgate.testing.Await;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.Request;
import io.ringgate.testing.ScrapedPage;
import io.ringgate.testing.StandInReceiver;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose clock is not the receivers' refuses no sample for good by it. */
class ClockSkewIT {

    private static final int ELEVEN_MINUTES = 660;

    @TempDir
    private Path folder;

    private StandInReceiver receiver;
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        receiver = StandInReceiver.start();
        gateway = TestGateway.in(folder)
                .receiverPorts(receiver.port())
                .edge("berlin", "team-a")
                .limits("team-a", "max_sample_future: 10m\nmax_sample_age: 10m")
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        receiver.close();
    }

    @Test
    void while_our_clock_is_in_doubt_a_write_that_only_it_condemns_comes_again_as_a_whole() throws Exception {
        receiversAreAhead(ELEVEN_MINUTES);

        RawAnswer answer = write(sample(0), sample(ELEVEN_MINUTES));

        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotBlank();
        assertThat(answer.body()).contains("1 of 2 series are too old or too new by the gateway's clock");
        assertThat(receiver.received()).isEmpty();
        assertThat(page().sum("ringgate_refused_writes_total", "reason=\"clock_in_doubt\"", "tenant=\"team-a\""))
                .isEqualTo(1);
        assertThat(page().sum("ringgate_refused_series_total")).isZero();
        assertThat(page().has("ringgate_edge_refused_series_total")).isFalse();

        receiversAreAhead(0);

        assertThat(write(sample(0)).status()).isEqualTo(204);
        assertThat(write(sample(0), sample(ELEVEN_MINUTES)).status()).isEqualTo(400);
        assertThat(page().sum("ringgate_edge_refused_series_total", "edge=\"berlin\"", "fault=\"sample_in_future\""))
                .isEqualTo(1);
    }

    @Test
    void too_old_by_a_clock_that_is_ahead_comes_again_too() throws Exception {
        receiversAreAhead(-ELEVEN_MINUTES);

        assertThat(write(sample(-ELEVEN_MINUTES)).status()).isEqualTo(503);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void what_no_clock_condemns_is_judged_as_ever() throws Exception {
        receiversAreAhead(ELEVEN_MINUTES);

        assertThat(write(sample(0)).status()).isEqualTo(204);
        RawAnswer faulty = write(sample(0), Proto.gauge("job", "a", "job", "b"));
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.body()).contains("duplicate label name");
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void a_faulty_series_beside_one_that_the_clock_condemns_is_judged_when_the_write_comes_again() throws Exception {
        receiversAreAhead(ELEVEN_MINUTES);

        assertThat(write(Proto.gauge("job", "a", "job", "b"), sample(ELEVEN_MINUTES))
                        .status())
                .isEqualTo(503);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void a_series_with_another_fault_is_not_condemned_by_the_clock_alone() throws Exception {
        receiversAreAhead(ELEVEN_MINUTES);
        Proto both = Proto.series("job", "a", "job", "b").message(2, Proto.sample(1, millis(ELEVEN_MINUTES)));

        assertThat(write(sample(0), both).status()).isEqualTo(400);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void a_series_that_every_clock_condemns_does_not_hold_its_sender_up() throws Exception {
        receiversAreAhead(ELEVEN_MINUTES);

        RawAnswer ancient = write(sample(0), sample(-100 * ELEVEN_MINUTES));
        assertThat(ancient.status()).as(ancient.body()).isEqualTo(400);
        assertThat(write(sample(0), sample(100 * ELEVEN_MINUTES)).status()).isEqualTo(400);
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void without_a_date_nothing_changes() throws Exception {
        assertThat(page().sum("ringgate_clock_skew_seconds")).isNaN();

        assertThat(write(sample(0), sample(ELEVEN_MINUTES)).status()).isEqualTo(400);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void readiness_pages_tell_the_time_too() throws Exception {
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        page.createContext("/-/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        page.start();
        try (TestGateway asking = TestGateway.in(Files.createDirectory(folder.resolve("asking")))
                .receivers("  addresses: ['127.0.0.1:" + receiver.port() + "']\n  health: {port: "
                        + page.getAddress().getPort() + "}")
                .edge("berlin", "team-a")
                .start()) {
            Await.until("the page's date came", () -> Math.abs(asking.metric("ringgate_clock_skew_seconds")) < 5);
        } finally {
            page.stop(0);
        }
    }

    /** Lets the receiver say its time with answers to writes until the gateway knows it. */
    private void receiversAreAhead(int seconds) throws Exception {
        receiver.reply(Reply.storedAt(Instant.now().plusSeconds(seconds)));
        Await.until("the receivers' time is known", () -> {
            receiver.reply(Reply.storedAt(Instant.now().plusSeconds(seconds)));
            assertThat(write(sample(0)).status()).isEqualTo(204);
            return Math.abs(page().sum("ringgate_clock_skew_seconds") + seconds) < 5;
        });
        receiver.forget();
    }

    private ScrapedPage page() {
        return new ScrapedPage(gateway.gateway().metricsPage());
    }

    private static long millis(int secondsFromNow) {
        return System.currentTimeMillis() + 1_000L * secondsFromNow;
    }

    private static Proto sample(int secondsFromNow) {
        return Proto.series("__name__", "up").message(2, Proto.sample(1, millis(secondsFromNow)));
    }

    private RawAnswer write(Proto... series) {
        try (RawClient client = RawClient.plain(gateway.plainPort())) {
            return client.send(Request.write("berlin", Proto.write(series).packed()))
                    .answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

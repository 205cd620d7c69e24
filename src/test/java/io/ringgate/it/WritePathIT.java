package io.ringgate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.cli.SampleWrites;
import io.ringgate.testing.Proto;
import io.ringgate.testing.RawAnswer;
import io.ringgate.testing.RawClient;
import io.ringgate.testing.ReceivedWrite;
import io.ringgate.testing.Request;
import io.ringgate.testing.SharedGateway;
import io.ringgate.testing.StandInReceiver.Reply;
import io.ringgate.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write that is taken, from its sender's socket to the receiver's. */
class WritePathIT {

    private static final byte[] UP =
            Proto.write(Proto.gauge("__name__", "up", "job", "node")).packed();

    @RegisterExtension
    static final SharedGateway DOOR = SharedGateway.with(setup -> setup.edge(
                    "berlin", "team-a", "    labels: {region: eu}", "    on_conflict: {region: keep, cluster: reject}")
            .edge("tokyo", "team-b"));

    private static List<String> labelsThatArrive(String user, Proto series) throws IOException {
        RawAnswer answer = DOOR.ask(Request.write(user, Proto.write(series).packed()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        return DOOR.receiver().onlyOne().series().getFirst().labels();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/receive", "/api/v1/write", "/api/v1/push", "/api/v1/push?x=y"})
    void what_comes_on_any_path_goes_out_on_the_receivers_own(String path) throws IOException {
        RawAnswer answer = DOOR.ask(Request.of("POST", path).user("tokyo").body(UP));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(DOOR.receiver().onlyOne().requestLine()).isEqualTo("POST /api/v1/receive HTTP/1.1");
    }

    @Test
    void the_receivers_path_and_tenant_header_are_configured(@TempDir Path folder) throws Exception {
        try (TestGateway other = TestGateway.in(folder)
                        .receivers("  addresses: ['127.0.0.1:" + DOOR.receiver().port()
                                + "']\n  write: {path: /api/v1/write}\n  tenant_header: X-Scope-OrgID")
                        .edge("berlin", "team-a")
                        .start();
                RawClient client = RawClient.plain(other.plainPort())) {
            assertThat(client.send(Request.write("berlin", UP)).answer().status())
                    .isEqualTo(204);
        }
        assertThat(DOOR.receiver().onlyOne().requestLine()).isEqualTo("POST /api/v1/write HTTP/1.1");
        assertThat(DOOR.receiver().onlyOne().header("X-Scope-OrgID")).isEqualTo("team-a");
        assertThat(DOOR.receiver().onlyOne().headerNames()).doesNotContain("THANOS-TENANT");
    }

    @Test
    void no_header_of_a_client_reaches_a_receiver() throws IOException {
        DOOR.ask(Request.write("tokyo", UP)
                .header("THANOS-TENANT", "team-a")
                .header("X-Scope-OrgID", "team-a")
                .header("Cookie", "a=b")
                .header("X-Request-Id", "mine")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("User-Agent", "Prometheus/2.42")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .header("Connection", "X-Secret")
                .header("Accept", "application/json"));

        ReceivedWrite write = DOOR.receiver().onlyOne();
        assertThat(write.headerNames())
                .containsExactlyInAnyOrder(
                        "Host",
                        "User-Agent",
                        "Content-Type",
                        "Content-Encoding",
                        "X-Prometheus-Remote-Write-Version",
                        "Content-Length",
                        "THANOS-TENANT",
                        "X-Request-Id",
                        "traceparent");
        assertThat(write.header("Host"))
                .isEqualTo("127.0.0.1:" + DOOR.receiver().port());
        assertThat(write.header("User-Agent")).startsWith("Ringgate/");
        assertThat(write.header("Content-Type")).isEqualTo("application/x-protobuf");
        assertThat(write.header("Content-Encoding")).isEqualTo("snappy");
        assertThat(write.header("X-Prometheus-Remote-Write-Version")).isEqualTo("0.1.0");
        assertThat(write.header("THANOS-TENANT")).isEqualTo("team-b");
        assertThat(write.header("X-Request-Id")).isNotEmpty().isNotEqualTo("mine");
    }

    @Test
    void missing_media_type_and_encoding_mean_remote_write_1_with_snappy() throws IOException {
        Request request = Request.write("tokyo", UP).without("Content-Type").without("Content-Encoding");

        assertThat(DOOR.ask(request).status()).isEqualTo(204);
    }

    @Test
    void labels_are_stamped_in_sorted_place() throws IOException {
        assertThat(labelsThatArrive("berlin", Proto.gauge("__name__", "up", "job", "node", "zone", "a")))
                .containsExactly("__name__=up", "cluster=berlin", "job=node", "region=eu", "tenant=team-a", "zone=a");
    }

    @Test
    void unsorted_labels_arrive_sorted_and_empty_ones_not_at_all() throws IOException {
        assertThat(labelsThatArrive("tokyo", Proto.gauge("job", "node", "empty", "", "__name__", "up")))
                .containsExactly("__name__=up", "cluster=tokyo", "job=node", "tenant=team-b");
    }

    @Test
    void a_label_that_the_sender_set_is_renamed_by_default() throws IOException {
        assertThat(labelsThatArrive("tokyo", Proto.gauge("__name__", "up", "cluster", "mine", "tenant", "team-a")))
                .containsExactly(
                        "__name__=up",
                        "cluster=tokyo",
                        "exported_cluster=mine",
                        "exported_tenant=team-a",
                        "tenant=team-b");
    }

    @Test
    void series_that_differ_only_in_a_stamped_label_arrive_as_many() throws IOException {
        double before = conflicts();

        RawAnswer answer = DOOR.ask(Request.write(
                "tokyo",
                Proto.write(
                                Proto.gauge("__name__", "up", "cluster", "kafka-1"),
                                Proto.gauge("__name__", "up", "cluster", "kafka-2"),
                                Proto.gauge("__name__", "up", "cluster", "tokyo"))
                        .packed()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        assertThat(DOOR.receiver().onlyOne().series())
                .extracting(ReceivedWrite.Series::labels)
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(conflicts()).isEqualTo(before + 2);
    }

    private static double conflicts() {
        return DOOR.gateway().metric("ringgate_label_conflicts_total{edge=\"tokyo\",label=\"cluster\"}");
    }

    @Test
    void or_kept_where_the_operator_says_so() throws IOException {
        assertThat(labelsThatArrive("berlin", Proto.gauge("__name__", "up", "region", "mars")))
                .contains("region=mars", "tenant=team-a");
    }

    @Test
    void or_refused_where_the_operator_says_so() throws IOException {
        Proto write = Proto.write(Proto.gauge("__name__", "up", "cluster", "mine"), Proto.gauge("__name__", "down"));

        RawAnswer answer = DOOR.ask(Request.write("berlin", write.packed()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("1 of 2 series refused, the others stored: series 1")
                .contains("cluster");
        assertThat(DOOR.receiver().onlyOne().series()).hasSize(1);
    }

    private static byte[] threeOf2000AtFault() {
        Proto write = new Proto();
        for (int i = 1; i <= 2000; i++) {
            write.message(
                    1,
                    i % 700 == 0
                            ? Proto.gauge("__name__", "m" + i, "a", "1", "a", "2")
                            : Proto.gauge("__name__", "m" + i, "n", "" + i));
        }
        // 700 and 1400 so far, and this in the place of the third.
        return write.message(1, Proto.series("", "nameless")).packed();
    }

    @Test
    void series_at_fault_are_left_out_and_told_once_the_others_are_stored() throws IOException {
        double refused = DOOR.gateway()
                .metric("ringgate_refused_series_total{fault=\"duplicate_label_name\",tenant=\"team-b\"}");

        RawAnswer answer = DOOR.ask(Request.write("tokyo", threeOf2000AtFault()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("3 of 2001 series refused, the others stored: series 700");
        assertThat(DOOR.receiver().onlyOne().series()).hasSize(1998);
        assertThat(DOOR.gateway()
                        .metric("ringgate_refused_series_total{fault=\"duplicate_label_name\",tenant=\"team-b\"}"))
                .isEqualTo(refused + 2);
    }

    @Test
    void the_receivers_503_wins_over_series_at_fault() throws IOException {
        DOOR.receiver().reply(Reply.status(503, "not now"));

        assertThat(DOOR.ask(Request.write("tokyo", threeOf2000AtFault())).status())
                .isEqualTo(503);
    }

    @Test
    void a_write_with_nothing_but_faults_is_refused_and_nobody_asked() throws IOException {
        byte[] packed =
                Proto.write(Proto.gauge("a", "1", "a", "2"), Proto.series()).packed();

        RawAnswer answer = DOOR.ask(Request.write("tokyo", packed));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("2 of 2 series refused, nothing stored: ");
        assertThat(DOOR.receiver().received()).isEmpty();
    }

    @Test
    void an_empty_message_is_stored_at_once_and_nobody_asked() throws IOException {
        assertThat(DOOR.ask(Request.write("tokyo", new Proto().packed())).status())
                .isEqualTo(204);

        assertThat(DOOR.receiver().received()).isEmpty();
    }

    @Test
    void metadata_alone_goes_along_as_it_came() throws IOException {
        Proto write = new Proto()
                .message(
                        3,
                        new Proto()
                                .varint(1, 1)
                                .string(2, "up")
                                .string(4, "help")
                                .string(5, "unit"));

        assertThat(DOOR.ask(Request.write("tokyo", write.packed())).status()).isEqualTo(204);

        assertThat(DOOR.receiver().onlyOne().packed()).isEqualTo(write.packed());
    }

    @Test
    void what_a_series_carries_besides_labels_arrives_byte_for_byte() throws IOException {
        Proto exemplar =
                new Proto().message(1, Proto.label("trace", "b")).number(2, 0.1).varint(3, 7);
        Proto histogram = new Proto()
                .varint(1, 12)
                .number(3, 1.5)
                .varint(4, 3)
                .message(11, new Proto().varint(1, 2).varint(2, 2))
                .message(12, new Proto().raw((byte) 2, (byte) 1))
                .varint(15, 1_700_000_000_000L)
                .string(77, "a field of tomorrow");
        Proto carried = new Proto()
                .message(2, Proto.sample(1, 1000))
                .message(2, Proto.sample(Double.NaN, 2000).varint(78, 5))
                .message(3, exemplar)
                .message(4, histogram);
        Proto series = Proto.series("__name__", "up", "job", "node").raw(carried.bytes());

        assertThat(DOOR.ask(Request.write("tokyo", Proto.write(series).packed()))
                        .status())
                .isEqualTo(204);

        ReceivedWrite.Series arrived = DOOR.receiver().onlyOne().series().getFirst();
        assertThat(arrived.rest()).isEqualTo(carried.bytes());
        assertThat(arrived.labels()).containsExactly("__name__=up", "cluster=tokyo", "job=node", "tenant=team-b");
    }

    @Test
    void a_write_that_has_its_stamps_already_arrives_as_the_very_bytes() throws IOException {
        byte[] packed = Proto.write(
                        Proto.gauge("__name__", "up", "cluster", "tokyo", "tenant", "team-b"),
                        Proto.gauge("__name__", "down", "cluster", "tokyo", "tenant", "team-b"))
                .packed();

        DOOR.ask(Request.write("tokyo", packed));

        assertThat(DOOR.receiver().onlyOne().packed()).isEqualTo(packed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void a_body_in_chunks_is_a_body(int size) throws IOException {
        assertThat(DOOR.ask(Request.write("tokyo", UP).chunked(size)).status()).isEqualTo(204);

        assertThat(DOOR.receiver().onlyOne().series()).hasSize(1);
    }

    @Test
    void a_large_write_goes_through_whole() throws IOException {
        SampleWrites.Body large = SampleWrites.body(20_000, 12, 1_700_000_000_000L, new SplittableRandom(1));
        assertThat(large.unpacked()).isGreaterThan(2 << 20);

        assertThat(DOOR.ask(Request.write("tokyo", large.packed())).status()).isEqualTo(204);

        assertThat(DOOR.receiver().onlyOne().series())
                .hasSize(20_000)
                .allSatisfy(s -> assertThat(s.labels()).hasSize(14).contains("tenant=team-b", "cluster=tokyo"));
    }

    @Test
    void what_is_stored_is_counted_under_its_tenant() throws IOException {
        double series = DOOR.gateway().metric("ringgate_accepted_series_total{tenant=\"team-b\"}");
        double samples = DOOR.gateway().metric("ringgate_accepted_samples_total{tenant=\"team-b\"}");

        DOOR.ask(Request.write("tokyo", UP));

        assertThat(DOOR.gateway().metric("ringgate_accepted_series_total{tenant=\"team-b\"}"))
                .isEqualTo(series + 1);
        assertThat(DOOR.gateway().metric("ringgate_accepted_samples_total{tenant=\"team-b\"}"))
                .isEqualTo(samples + 1);
    }
}

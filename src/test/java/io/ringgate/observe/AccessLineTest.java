package io.ringgate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.edge.Edge;
import io.ringgate.http.AccessRecord;
import io.ringgate.reject.EscapedText;
import io.ringgate.reject.Reason;
import io.ringgate.reject.Rejection;
import io.ringgate.testing.FlatJson;
import io.ringgate.testing.TestEdges;
import io.ringgate.wire.TimeGaps;
import io.ringgate.wire.WriteCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessLineTest {

    private static final long TIME = 1_700_000_000_042L;
    private static final Edge BERLIN = TestEdges.edge("berlin", "team-a");

    static AccessRecord stored(String id) {
        return new AccessRecord(
                id,
                BERLIN,
                address("10.1.2.3", 50_123),
                address("fd00::7", 19_291),
                "POST",
                "/api/v1/receive",
                204,
                null,
                1_234,
                new WriteCounts(7, 0, 21, 0, 0, 0, 0, 0, Map.of(), Map.of(), Map.of(), TimeGaps.NONE, null),
                "receiver-0:19291",
                12_345_678);
    }

    private static AccessRecord refused(@Nullable String method, @Nullable String path, Rejection rejection) {
        return new AccessRecord(
                "r-2", null, null, null, method, path, rejection.reason().status(), rejection, 0, null, null, 999);
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private static String line(AccessRecord served) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AccessLine.write(TIME, served, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_stored_write_says_everything() throws IOException {
        assertThat(line(stored("r-1")))
                .isEqualTo("{\"time\":\"2023-11-14T22:13:20.042Z\",\"request_id\":\"r-1\",\"edge\":\"berlin\","
                        + "\"tenant\":\"team-a\",\"source\":\"10.1.2.3\",\"source_port\":50123,"
                        + "\"listener\":\"[fd00:0:0:0:0:0:0:7]:19291\",\"method\":\"POST\","
                        + "\"path\":\"/api/v1/receive\",\"status\":204,\"reason\":null,\"message\":null,"
                        + "\"bytes\":1234,\"series\":7,\"samples\":21,\"refused_series\":0,"
                        + "\"duration_ms\":12.346,\"receiver\":\"receiver-0:19291\"}\n");
    }

    @Test
    void what_is_not_known_is_null_and_no_key_is_missing() throws IOException {
        String line = line(refused(null, null, new Rejection.Plain(Reason.BAD_FRAMING, "no request")));

        assertThat(FlatJson.read(line).keySet())
                .containsExactlyElementsOf(FlatJson.read(line(stored("r-1"))).keySet());
        assertThat(FlatJson.read(line))
                .containsEntry("edge", "")
                .containsEntry("method", "")
                .containsEntry("series", "")
                .containsEntry("reason", "bad_framing")
                .containsEntry("message", "no request")
                .containsEntry("duration_ms", "0.001");
    }

    @Test
    void a_client_that_has_gone_is_told_by_a_status_of_its_own() throws IOException {
        AccessRecord gone = new AccessRecord(
                "r-3", BERLIN, null, null, "POST", "/", AccessRecord.CLIENT_GONE, null, 5, null, null, 1_000_000);

        assertThat(FlatJson.read(line(gone))).containsEntry("status", "499").containsEntry("reason", "client_gone");
    }

    @Test
    void the_keys_are_those_that_operators_read_about() throws IOException {
        String text = Files.readString(Path.of("docs/operations/logs.md"));
        int from = text.indexOf("## Access log");
        List<String> documented = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
                .matcher(text.substring(from, text.indexOf("\n## ", from)))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(FlatJson.read(line(stored("r-1"))).keySet()).containsExactlyElementsOf(documented);
    }

    @Test
    void whatever_a_client_sends_it_stays_one_flat_object_on_one_line() throws IOException {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] evil = new byte[random.nextInt(400)];
            random.nextBytes(evil);
            String sent = new String(evil, StandardCharsets.ISO_8859_1) + "\",\"edge\":\"tokyo\"}\n{";

            String line = line(refused(
                    EscapedText.of(sent),
                    EscapedText.of(sent),
                    new Rejection.Plain(Reason.WRONG_PATH, "at " + EscapedText.of(sent))));

            assertThat(line.indexOf('\n')).as("seed %d", seed).isEqualTo(line.length() - 1);
            assertThat(FlatJson.read(line)).as("seed %d", seed).containsEntry("edge", "");
            assertThat(line).as("seed %d", seed).matches("[ -~]{1,1500}\n");
        }
    }
}

package io.ringgate.forward.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringgate.testing.Eventually;
import io.ringgate.testing.PrometheusRig;
import io.ringgate.testing.Proto;
import io.ringgate.testing.ThanosProgram;
import io.ringgate.testing.ThanosRig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xerial.snappy.Snappy;

/** What real receivers say when they refuse a write: the list of words is held to it, and so is the masking of addresses. */
@Tag("thanos")
class RealWordsIT {

    private static final String LIMITS = "--receive.limits-config={write: {tenants: {"
            + "few-bytes: {request: {size_bytes_limit: 10}},"
            + "few-series: {request: {series_limit: 1}},"
            + "few-samples: {request: {samples_limit: 1}}}}}";

    @RegisterExtension
    static final ThanosRig OLD = ThanosRig.inOrderOnly(ThanosProgram.V0_37_2, LIMITS);

    @RegisterExtension
    static final ThanosRig NEW = ThanosRig.inOrderOnly(ThanosProgram.V0_42_4, LIMITS);

    @RegisterExtension
    final PrometheusRig rig = new PrometheusRig();

    private final HttpClient client = HttpClient.newHttpClient();
    private final long now = System.currentTimeMillis();

    @Test
    void of_thanos_0_37_2() throws Exception {
        thanos(OLD);
    }

    @Test
    void of_thanos_0_42_4() throws Exception {
        thanos(NEW);
    }

    @Test
    void of_prometheus() throws Exception {
        String url = "http://127.0.0.1:" + rig.receiver("central").port() + "/api/v1/write";
        stores(url);
        Map<String, byte[]> refused = ofTheWrite();
        // 500, or stored.
        refused.remove("a label twice");
        refused.remove("labels out of order");
        refused.remove("no labels");
        refused.remove("empty label name");
        for (Map.Entry<String, byte[]> write : refused.entrySet()) {
            isOfTheWrite(write.getKey(), 400, ask(url, "any", write.getValue()));
        }
    }

    private void thanos(ThanosRig thanos) throws Exception {
        String url = "http://" + thanos.ring().writeAddress(0) + "/api/v1/receive";
        stores(url);
        for (Map.Entry<String, byte[]> write : ofTheWrite().entrySet()) {
            int status = write.getKey().startsWith("no ") && !write.getKey().equals("no labels") ? 400 : 409;
            isOfTheWrite(write.getKey(), status, ask(url, "default-tenant", write.getValue()));
        }
        byte[] two = Proto.write(Proto.gauge("__name__", "a"), Proto.gauge("__name__", "b"))
                .packed();
        for (String tenant : new String[] {"few-bytes", "few-series", "few-samples"}) {
            isOfTheWrite(tenant, 413, ask(url, tenant, two));
        }
        HttpResponse<String> setup = ask(url, "a/b", two);
        assertThat(setup.statusCode()).isEqualTo(400);
        assertThat(RefusalWords.of(400, setup.body())).as(setup.body()).isEqualTo(RefusalWords.ABOUT_THE_SETUP);
    }

    /** Each is refused for another reason once {@link #stores} has written {@code up} at {@code now}. */
    private Map<String, byte[]> ofTheWrite() throws IOException {
        Map<String, byte[]> writes = new LinkedHashMap<>();
        writes.put("another value", at(now, 2, "__name__", "up"));
        writes.put("older than the newest", at(now - 1_000, 2, "__name__", "up"));
        writes.put("a day old", at(now - 86_400_000, 2, "__name__", "up"));
        writes.put("a label twice", at(now, 2, "__name__", "up", "a", "b", "a", "c"));
        writes.put("labels out of order", at(now, 2, "__name__", "up", "b", "b", "a", "c"));
        writes.put("no labels", at(now, 2));
        writes.put("empty label name", at(now, 2, "", "b", "__name__", "up"));
        writes.put("no snappy", "no block".getBytes(StandardCharsets.US_ASCII));
        writes.put("no protobuf", Snappy.compress("text".getBytes(StandardCharsets.US_ASCII)));
        return writes;
    }

    private static void isOfTheWrite(String what, int status, HttpResponse<String> answer) {
        String words = answer.body().strip();
        assertThat(answer.statusCode()).as(what + ": " + words).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(RefusalWords.of(status, words)).as(what + ": " + words).isEqualTo(RefusalWords.ABOUT_THE_WRITE);
        assertThat(AddressMask.in(words))
                .as(what)
                .doesNotContain("127.", ":10901", ":19391")
                .isNotBlank();
    }

    private void stores(String url) {
        Eventually.becomes("a write is stored", () -> {
            try {
                return ask(url, "default-tenant", at(now, 1, "__name__", "up")).statusCode() / 100 == 2;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static byte[] at(long millis, double value, String... labels) {
        return Proto.write(Proto.series(labels).message(2, Proto.sample(value, millis)))
                .packed();
    }

    private HttpResponse<String> ask(String url, String tenant, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("THANOS-TENANT", tenant)
                .header("Content-Encoding", "snappy")
                .header("Content-Type", "application/x-protobuf")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
